"""What a person does not see in a sheet, or sees as an error, and the fast reader does not tell (DOMAIN §9.2)."""
