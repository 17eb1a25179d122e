// SPDX-License-Identifier: Apache-2.0

/// A plugin whose tools are functions of a C library that is there already: a manifest, and nothing to build.
enum NativeTemplate {
    static func project(_ names: ProjectNames) -> Project {
        Project(
            files: [
                Project.File(path: "plugin.yaml", text: manifest(names)),
                Project.File(path: "README.md", text: readme(names)),
            ],
            next: ["megaraptor-plugin validate .", "megaraptor-mcp serve --plugin-dir ."]
        )
    }

    private static func manifest(_ names: ProjectNames) -> String {
        """
        # A plugin without code: the host calls the functions itself, in a process of the plugin's own.
        schema: 1
        id: \(names.id)
        name: \(names.type)
        version: 0.1.0
        abi: 1
        license: Apache-2.0
        description: Computes cube roots. Say here in a sentence or two what your plugin is for.
        contributes:
          toolsets:
            - name: \(names.snake)
              description: Arithmetic. Operations switch a toolset on or off as a whole.
          tools:
            - name: \(names.snake)_cube_root
              description: Computes the cube root of a number. Use it where a cube root is asked for.
              toolset: \(names.snake)
              annotations: {read_only: true, destructive: false, idempotent: true, open_world: false}
              input_schema:
                type: object
                additionalProperties: false
                required: [number]
                properties:
                  number: {type: number, description: Any number.}
              run:
                native:
                  # The loader finds the library; the types must be those of the C declaration, double cbrt(double).
                  library: libm.so.6
                  symbol: cbrt
                  arguments:
                    - {type: double, from: number}
                  result: {type: double, name: root}

        """
    }

    private static func readme(_ names: ProjectNames) -> String {
        """
        # \(names.id)

        Tools for megaraptor-mcp that are functions of a C library. `plugin.yaml` is the whole plugin.

            megaraptor-plugin validate .              # holds it against the contract
            megaraptor-mcp serve --plugin-dir .       # tries it

        To install it, put the folder into one of those that `megaraptor-mcp plugins paths` prints. A type that is not that of the
        C declaration can crash the function: that costs the call and nothing else.

        """
    }
}
