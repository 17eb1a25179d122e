# SPDX-License-Identifier: Apache-2.0
"""Whether a text is PowerShell, by tree-sitter's grammar. As a program: of the files that are named."""

import sys

import tree_sitter
import tree_sitter_powershell

GRAMMAR = tree_sitter.Language(tree_sitter_powershell.language())


def require(text, what):
    node = tree_sitter.Parser(GRAMMAR).parse(text.encode()).root_node
    if not node.has_error:
        return
    # The innermost place that is wrong.
    while wrong := next((child for child in node.children if child.has_error), None):
        node = wrong
    sys.exit(f"{what} is no PowerShell, at {node.start_point}: {node.text.decode()[:200]}")


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            require(file.read(), path)
