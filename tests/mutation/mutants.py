"""The small changes of a module that its tests should notice."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import copy
from types import CodeType

from attrs import frozen

CodeKey = tuple[str, int, int]
"""Which function a code object is of: its qualified name, its first line, and which of those that share both."""

_SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "list"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_SHOWN = (ast.expr, ast.Assign, ast.AnnAssign, ast.Return)
_UNSEEN = {ast.FunctionDef: ("returns",), ast.arg: ("annotation",), ast.AnnAssign: ("annotation",)}


@frozen
class Mutant:
    """One node of a module and what takes its place."""

    tree: ast.Module
    parent: ast.AST
    field: str
    index: int | None
    old: ast.AST
    new: ast.AST
    function: str
    lines: range
    in_function: bool
    """Whether it is in the body of a function, so that a running program can take it over."""

    @property
    def before(self) -> str:
        """The code as it is, in one line."""
        return self._shown(self.old)

    @property
    def after(self) -> str:
        """The code as it would be."""
        return self._shown(self.new)

    def _shown(self, node: ast.AST) -> str:
        """The text of a node, or of its parent if it is a constant, which says little by itself."""
        is_bare = isinstance(self.old, ast.Constant) and isinstance(self.parent, _SHOWN)
        self._put(node)
        text = ast.unparse(self.parent if is_bare else node)
        self._put(self.old)
        return " ".join(text.split())

    def compiled(self, path: str) -> CodeType:
        """The code of the whole module with this change."""
        self._put(self.new)
        code = compile(self.tree, path, "exec", dont_inherit=True)
        self._put(self.old)
        return code

    def _put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(source: str) -> list[Mutant]:
    """All mutants of a module, in the order of its text."""
    tree = ast.parse(source)
    return list(_within(tree, tree, (), range(0), False))


def functions(code: CodeType) -> Iterator[tuple[CodeKey, CodeType]]:
    """Each function of the code of a module, nested ones too."""
    seen: dict[tuple[str, int], int] = {}
    pending = [code]
    while pending:
        inner = pending.pop()
        name, line = inner.co_qualname, inner.co_firstlineno
        yield (name, line, seen.setdefault((name, line), 0)), inner
        seen[name, line] += 1
        pending.extend(constant for constant in inner.co_consts if isinstance(constant, CodeType))


def _within(tree: ast.Module, node: ast.AST, names: tuple[str, ...], lines: range, in_body: bool) -> Iterator[Mutant]:
    names = (*names, node.name) if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else names
    for field, index, child in _children(node):
        start = child.lineno if isinstance(child, ast.stmt) else lines.start
        spans = range(start, max(start, getattr(child, "lineno", start)) + 1)
        inside = in_body or (field == "body" and isinstance(node, _FUNCTIONS))
        for new in _changes(node, field, child, inside):
            fixed = ast.fix_missing_locations(ast.copy_location(new, child))
            yield Mutant(tree, node, field, index, child, fixed, ".".join(names), spans, inside)
        yield from _within(tree, child, names, spans, inside)


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    """The children of a node that matter; docstrings, annotations and the text of f-strings do not."""
    if isinstance(node, ast.Expr | ast.keyword) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.JoinedStr):
        parts = enumerate(node.values)
        yield from (("values", number, part) for number, part in parts if isinstance(part, ast.FormattedValue))
        return
    for field, value in ast.iter_fields(node):
        if field in _UNSEEN.get(type(node), ()) or field in {"format_spec", "ops", "op", "ctx", "targets", "target"}:
            continue
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            yield from ((field, i, item) for i, item in enumerate(value) if isinstance(item, ast.AST))


def _names_a_type(parent: ast.AST, node: ast.AST) -> bool:
    """Whether it is the first argument of ``cast`` or ``TypeVar``, which only type checkers read."""
    return isinstance(parent, ast.Call) and ast.unparse(parent.func) in {"cast", "TypeVar"} and node is parent.args[0]


def _changes(parent: ast.AST, field: str, node: ast.AST, in_body: bool) -> Iterator[ast.AST]:
    if _names_a_type(parent, node):
        return
    if field in {"test", "ifs"}:
        yield ast.Constant(True)
        if field == "test" and not isinstance(parent, ast.While):
            yield ast.Constant(False)
    for kind, change in _CHANGES.items():
        if isinstance(node, kind) and (in_body or kind not in _IN_BODIES):
            yield from change(node)


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    if len(node.ops) == 1:
        yield _with(node, ops=[_SWAPPED[type(node.ops[0])]()])


def _shorter(field: str, least: int) -> Callable[[ast.AST], Iterator[ast.AST]]:
    """What drops one of the items in a field, if there are enough."""

    def change(node: ast.AST) -> Iterator[ast.AST]:
        items = getattr(node, field)
        for i in range(len(items) if len(items) >= least else 0):
            rest = items[:i] + items[i + 1 :]
            yield rest[0] if isinstance(node, ast.BoolOp) and len(rest) == 1 else _with(node, **{field: rest})

    return change


def _entries(node: ast.Dict) -> Iterator[ast.AST]:
    for i in range(len(node.keys)):
        yield _with(node, keys=node.keys[:i] + node.keys[i + 1 :], values=node.values[:i] + node.values[i + 1 :])


def _called(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in _OTHER_FUNCTION:
        other = _OTHER_FUNCTION[node.func.id]
        keywords = [] if other == "list" else node.keywords
        yield _with(node, func=ast.copy_location(ast.Name(other, ast.Load()), node.func), keywords=keywords)
    yield from _shorter("keywords", 1)(node)
    for i, keyword in enumerate(node.keywords):  # here, since the keyword alone would not say of which call
        for value in _constant(keyword.value) if isinstance(keyword.value, ast.Constant) else ():
            changed = _with(keyword, value=ast.copy_location(value, keyword.value))
            yield _with(node, keywords=[*node.keywords[:i], changed, *node.keywords[i + 1 :]])


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value):
            yield ast.Constant(value + 1)
        case str(text) if " " not in text:  # with a space it is a message, which may be worded in many ways
            yield ast.Constant(f"{text}X")


def _dropped(node: ast.stmt) -> Iterator[ast.AST]:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield ast.Pass()


def _assigned(node: ast.Assign) -> Iterator[ast.AST]:
    if isinstance(node.targets[0], (ast.Attribute, ast.Subscript)):
        yield ast.Pass()


def _returned(node: ast.Return) -> Iterator[ast.AST]:
    if not (node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)):
        yield ast.Return(ast.Constant(None))


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for field, value in fields.items():
        setattr(other, field, value)
    return other


_CHANGES: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _shorter("values", 2),
    ast.Set: _shorter("elts", 2),
    ast.Dict: _entries,
    ast.BinOp: lambda node: iter((node.left, node.right)),
    ast.UnaryOp: lambda node: iter((node.operand,)),
    ast.Call: _called,
    ast.Constant: _constant,
    ast.Expr: _dropped,
    ast.AugAssign: _dropped,
    ast.Raise: _dropped,
    ast.Continue: _dropped,
    ast.Delete: _dropped,
    ast.Assign: _assigned,
    ast.Return: _returned,
}
_IN_BODIES = {ast.BinOp, ast.Expr}
"""What makes types, docstrings and settings when it is at the top of a module."""
