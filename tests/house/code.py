"""The product's own code, for house tests that read it."""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import teamaround

PACKAGE = Path(teamaround.__file__).parent


def files() -> dict[str, ast.Module]:
    """Every file of the product but its migrations, parsed, by its path below the package."""
    paths = (one for one in sorted(PACKAGE.rglob("*.py")) if "migrations" not in one.parts)
    return {str(one.relative_to(PACKAGE)): ast.parse(one.read_text()) for one in paths}


def import_everything() -> None:
    """Import every module of the product, so that every action has registered itself."""
    for module in walk_packages(teamaround.__path__, "teamaround."):
        if not module.name.endswith("__main__") and ".config." not in module.name:
            import_module(module.name)
