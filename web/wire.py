"""What Gradio tells programs of the endpoints (`/gradio_api/info`): the JSON types of the contract's objects, and what they mean."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from typing import Any, TypedDict, Union, get_args, get_origin, get_type_hints

import gradio as gr

from search.results import Record

Endpoint = Callable[..., Any]


@cache
def as_json(hint: Any) -> Any:
    """A type as JSON has it: a record as a TypedDict, a tuple as a list, a Decimal as the string it is written as."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return reduce(or_, map(as_json, inner))
    if origin in (tuple, list):
        return types.GenericAlias(list, (as_json(inner[0]),))
    if inspect.isclass(hint) and issubclass(hint, Record):
        hints = get_type_hints(hint)
        held = {field.name: as_json(hints[field.name]) for field in fields(hint)}  # type: ignore[arg-type]
        return TypedDict(hint.__name__.removesuffix("Result"), held)  # type: ignore[operator]
    return str if hint is Decimal else hint


def returning(function: Endpoint, hint: Any) -> Endpoint:
    """The function with the type of the JSON that it returns: Gradio reads the annotation itself, not the name of a type."""
    function.__annotations__["return"] = as_json(hint)
    return function


def describe(app: gr.Blocks, parameters: dict[str, str], returns: dict[str, str]) -> None:
    """What each parameter is, by its name, and what each endpoint returns, by its own: Gradio takes types from a function, and no words."""
    for endpoint in app.fns.values():
        if endpoint.api_name not in returns or endpoint.fn is None:
            continue
        for name, part in zip(inspect.signature(endpoint.fn).parameters, endpoint.inputs, strict=True):
            part.api_info()["additional_description"] = parameters[name]
        for part in endpoint.outputs:
            part.api_info()["description"] = returns[endpoint.api_name]
