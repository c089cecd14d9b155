"""The text of a work summary (工作总结): sentences from files, filled with figures, laid out as the genre has it (DOMAIN §6.3)."""
