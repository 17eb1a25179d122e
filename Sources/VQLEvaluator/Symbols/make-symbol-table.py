#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes SymbolTable+Generated.swift from a server's list of VQL symbols.

usage: make-symbol-table.py vql-symbols.json > SymbolTable+Generated.swift

The input is `{"symbols": [{"name", "kind", "args": [{"name", "type", "required", "repeated"}], "permissions",
"platforms"}]}`. Only what a Linux server has is kept; accessors are left out.
"""
import json
import sys

KINDS = {
    "string": "s", "accessors.OSPath": "p", "int64": "i", "uint64": "i", "int": "i", "float64": "f", "bool": "b",
    "ordereddict.Dict": "d", "time.Time": "t", "StoredQuery": "q", "vfilter.Lambda": "l", "LazyExpr": "z",
    "types.LazyAny": "z", "Any": "a",
}


def line(symbol):
    arguments = " ".join(
        argument["name"] + ":" + KINDS[argument["type"]]
        + ("!" if argument.get("required") else "") + ("+" if argument.get("repeated") else "")
        for argument in symbol["args"]
    )
    return "|".join([symbol["name"], arguments, " ".join(symbol.get("permissions", []))])


def literal(name, symbols):
    print(f"    static let {name} = #\"\"\"")
    for symbol in symbols:
        print("        " + line(symbol))
    print("        \"\"\"#")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        symbols = [s for s in json.load(file)["symbols"] if "linux" in s["platforms"] or s["name"] == "Artifact"]
    print("// SPDX-License-Identifier: Apache-2.0")
    print("// Made by make-symbol-table.py; do not edit.")
    print("// swift-format-ignore-file")
    print("\nextension SymbolTable {")
    literal("functionLines", [s for s in symbols if s["kind"] == "function"])
    print()
    literal("pluginLines", [s for s in symbols if s["kind"] == "plugin"])
    print("}")


main()
