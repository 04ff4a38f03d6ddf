"""What a text would be without an extraction: undoes one in the syntax tree, to compare with the text before it."""

from __future__ import annotations

import ast
from typing import Any

ADDED_MODULES = ("dataclasses", "datetime")


def undone(before: str, after: str) -> tuple[str, str]:
    """Dumps of both trees, the second with every new class, field, constant and import taken out again."""
    old, new = ast.parse(before), ast.parse(after)
    old_classes = {node.name: node for node in ast.walk(old) if isinstance(node, ast.ClassDef)}
    old_names = {node.id for node in ast.walk(old) if isinstance(node, ast.Name)}
    values: dict[tuple[str, str], Any] = {}
    instances = {}
    constants = {}
    kept = []
    for node in new.body:
        if isinstance(node, ast.ClassDef) and _is_config(node):
            for field in [part for part in node.body if isinstance(part, ast.AnnAssign)]:
                values[node.name, field.target.id] = field.value
            if node.name not in old_classes:
                continue
            known = {
                part.target.id for part in old_classes[node.name].body if isinstance(part, ast.AnnAssign)
            }
            node.body = [
                part
                for part in node.body
                if not (isinstance(part, ast.AnnAssign) and part.target.id not in known)
            ]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if (
                isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Name)
                and (node.value.func.id in {key[0] for key in values})
            ):
                instances[name] = node.value.func.id
            if name not in old_names:
                constants[name] = node.value
                continue
        kept.append(node)
    new.body = kept
    new = _Inline(instances, values, constants).visit(new)
    old = _Inline(instances, values, constants).visit(old)
    return _dump(old), _dump(new)


def _is_config(node: ast.ClassDef) -> bool:
    return bool(node.decorator_list or node.bases)


def _dump(tree: ast.Module) -> str:
    for holder in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(holder, name, None)
            if isinstance(body, list):
                setattr(holder, name, [node for node in body if not _is_added_import(node)])
    return ast.dump(tree)


def _is_added_import(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module in ADDED_MODULES
    return isinstance(node, ast.Import) and all(alias.name in ADDED_MODULES for alias in node.names)


class _Inline(ast.NodeTransformer):
    def __init__(
        self, instances: dict[str, str], values: dict[tuple[str, str], Any], constants: dict[str, Any]
    ) -> None:
        self.instances, self.values, self.constants = instances, values, constants

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Parameters that are annotated with a config class hold its fields."""
        outer = self.instances
        classes = {name for name, _ in self.values}
        given = {arg.arg: arg.annotation.id for arg in node.args.args if isinstance(arg.annotation, ast.Name)}
        self.instances = {**outer, **{name: kind for name, kind in given.items() if kind in classes}}
        try:
            return self.generic_visit(node)
        finally:
            self.instances = outer

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "list" and len(node.args) == 1:
            inner = self.visit(node.args[0])
            if inner is not node.args[0] and isinstance(inner, ast.Tuple):
                return ast.List(inner.elts, ast.Load())
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id in self.instances:
            return self.values.get((self.instances[node.value.id], node.attr), node)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self.constants.get(node.id, node)
