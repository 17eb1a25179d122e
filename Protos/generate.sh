#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes Sources/VelociraptorAPI/Generated from Protos. With --check it makes nothing and fails where the committed
# files differ from what the protos give.
set -eu
cd "$(dirname "$0")/.."

generated=Sources/VelociraptorAPI/Generated
case "${1-}" in
    "") output=$generated ;;
    --check) output=$(mktemp -d); trap 'rm -rf "$output"' EXIT ;;
    *) echo "usage: Protos/generate.sh [--check]" >&2; exit 64 ;;
esac

# The plugin of the same swift-protobuf that the generated code is compiled against.
plugin=${PROTOC_GEN_SWIFT-}
if [ -z "$plugin" ]; then
    # With the flags of the build before, whose parts are then taken as they are.
    # shellcheck disable=SC2086
    swift build --product protoc-gen-swift ${BUILD_FLAGS-} >&2
    plugin=$(swift build --show-bin-path)/protoc-gen-swift
fi

mkdir -p "$output"
protoc --plugin=protoc-gen-swift="$plugin" --proto_path=Protos \
    --swift_out="$output" \
    --swift_opt=Visibility=Public \
    --swift_opt=UseAccessLevelOnImports=true \
    --swift_opt=FileNaming=DropPath \
    Protos/velociraptor/*.proto

if [ "$output" != "$generated" ]; then
    if ! diff -ru "$generated" "$output"; then
        echo "$generated is not what Protos gives: run Protos/generate.sh and commit the result." >&2
        exit 1
    fi
fi
