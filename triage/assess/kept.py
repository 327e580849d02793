"""A property that is worked out once: like that of functools, without its lock, for what one thread alone reads."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class kept(Generic[Owner, Value]):  # noqa: N801 - used as a decorator
    """Works a value out when it is first asked for, and puts it in the place of the property."""

    def __init__(self, work: Callable[[Owner], Value]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, _: type) -> Self: ...
    @overload
    def __get__(self, owner: Owner, _: type) -> Value: ...
    def __get__(self, owner: Any, _: type) -> Any:
        if owner is None:
            return self
        owner.__dict__[self._name] = value = self._work(owner)
        return value
