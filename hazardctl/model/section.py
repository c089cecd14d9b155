"""Sections of the configuration: plain frozen values, each declared once, that a question has at hand without pydantic.

What a section declares, `hazardctl.model.configured` hands to pydantic when a file is read or a JSON Schema is written
(docs/adr/0017); until then nothing but the standard library is needed to know a setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, NoReturn, Self, cast, dataclass_transform


class Declared(NamedTuple):
    """A setting as its section declares it.

    Attributes:
        zh: label in Chinese.
        en: label in English.
        default: the value where the file says nothing.
        more: what `hazardctl.model.fact.fact` takes beside these.
        of: the section that each of several values is; None for plain ones.
    """

    zh: str
    en: str
    default: object
    more: Mapping[str, Any]
    of: type[Section] | None


def setting(zh: str, en: str, default: object = "", *, of: type[Section] | None = None, **more: str) -> Any:  # noqa: ANN401 (stands for the value)
    """Declare a setting: its labels, its value where the file says nothing, and what a fact of a record may say besides.

    Args:
        zh: label in Chinese.
        en: label in English.
        default: a section where the setting is one.
        of: the section that each value of a list or a mapping is.
        more: `need`, `words`, `ref`, as `hazardctl.model.fact.fact` takes them.
    """
    return Declared(zh, en, default, more, of if of or not isinstance(default, Section) else type(default))


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Section:
    """A frozen group of settings; what is not given has its default."""

    declared: ClassVar[Mapping[str, Declared]] = {}

    def __init_subclass__(cls) -> None:
        """Take the declarations out of the class: the default stands in the place of each."""
        cls.declared = {name: one for name, one in vars(cls).items() if isinstance(one, Declared)}
        for name, one in cls.declared.items():
            setattr(cls, name, one.default)

    def __init__(self, **given: object) -> None:
        """Take the values that are given."""
        if unknown := given.keys() - self.declared.keys():
            message = f"{type(self).__name__} has no {', '.join(sorted(unknown))}"
            raise TypeError(message)
        vars(self).update(given)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse."""
        message = f"{type(self).__name__} is frozen: {name} stays {getattr(self, name, None)!r}, not {value!r}"
        raise AttributeError(message)

    def __eq__(self, other: object) -> bool:
        """Compare value by value."""
        return type(other) is type(self) and all(getattr(self, name) == getattr(other, name) for name in self.declared)

    def __hash__(self) -> int:
        """Hash what can be hashed: the names of the settings that differ from their defaults."""
        return hash((type(self), *(name for name, one in self.declared.items() if getattr(self, name) != one.default)))

    def __repr__(self) -> str:
        """Show what was given."""
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def but(self, **changed: object) -> Self:
        """Give the same section with some settings changed."""
        return type(self)(**{**vars(self), **changed})

    def items(self) -> Iterator[tuple[str, object]]:
        """Give every setting by its name in the file, with its value."""
        return ((name.removesuffix("_"), getattr(self, name)) for name in self.declared)

    def said(self) -> dict[str, object]:
        """Give every setting by its name in the file that is not as it is by default."""
        usual = dict(type(self)().items())
        return {name: value for name, value in self.items() if value != usual.get(name)}

    # ------------------------------------------------------------------------------------------------------- as plain JSON

    def plain(self) -> dict[str, object]:
        """Give what was given as values that JSON has."""
        return {name: _plain(value) for name, value in vars(self).items()}

    @classmethod
    def of_plain(cls, plain: Mapping[str, object]) -> Self:
        """Give the section that `plain` was asked of."""
        return cls(**{name: _value(value, cls.declared[name]) for name, value in plain.items()})


def _plain(value: object) -> object:
    match value:
        case Section():
            return value.plain()
        case tuple() | list():
            return [_plain(part) for part in cast("tuple[object, ...]", value)]
        case Mapping():
            return {key: _plain(part) for key, part in cast("Mapping[str, object]", value).items()}
        case _:
            return value


def _value(plain: object, declared: Declared) -> object:
    """Make the value of a setting out of what JSON has for it: a list is a tuple, a mapping a section where one is declared."""
    match plain:
        case list():
            made = (_value(part, declared) for part in cast("list[object]", plain))
            return list(made) if isinstance(declared.default, dict) else tuple(made)
        case dict() if declared.of is not None and isinstance(declared.default, dict):
            inner = cast("dict[str, dict[str, dict[str, object]]]", plain)
            return {key: {word: declared.of.of_plain(one) for word, one in words.items()} for key, words in inner.items()}
        case dict() if declared.of is not None:
            return declared.of.of_plain(cast("dict[str, object]", plain))
        case dict():
            return {key: _value(part, declared) for key, part in cast("dict[str, object]", plain).items()}
        case _:
            return plain
