// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// What is given where no Velociraptor is here that could build the collector: the specification, and what is to be done
/// with it. It collects nothing by itself, and says so.
struct CollectorKit: Sendable {
    static let script = "build-collector.sh"

    let specification: CollectorSpecification

    func write(to folder: ArtefactFolder) throws(MegaraptorError) {
        try folder.write("spec.yaml", specification.text)
        try folder.write(Self.script, text, isProgram: true)
    }

    private var text: String {
        """
        #!/bin/sh
        # Builds the collector of spec.yaml. Nothing is fetched: both programs have to be here.
        #   build-collector.sh VELOCIRAPTOR PROGRAM VERSION
        # VELOCIRAPTOR runs on this machine; PROGRAM is the release that runs on the machines to collect from; both are of
        # the same VERSION, such as 0.77.2.
        set -eu
        [ $# = 3 ] || { sed -n '2,5p' "$0" >&2; exit 64; }
        velociraptor=$1 program=$2 version=$3
        here=$(cd "$(dirname "$0")" && pwd)
        store=$(mktemp -d)
        trap 'rm -rf "$store"' EXIT
        "$velociraptor" config generate --merge \
        "{\\"Datastore\\": {\\"location\\": \\"$store\\", \\"filestore_directory\\": \\"$store\\"}}" >"$store/server.config.yaml"
        "$velociraptor" --config "$store/server.config.yaml" tools upload --name \(specification.tool) \
        --tool_version "$version" "$program"
        "$velociraptor" collector --datastore "$store" "$here/spec.yaml" >"$store/result.json"
        made=$(sed -n 's/.*"Path": *"\\([^"]*\\)".*/\\1/p' "$store/result.json" | head -n 1)
        [ -n "$made" ] && [ -f "$made" ] || { cat "$store/result.json" >&2; exit 1; }
        cp "$made" "$here/\(specification.name)"
        chmod 0700 "$here/\(specification.name)"
        echo "Made $here/\(specification.name)"

        """
    }
}
