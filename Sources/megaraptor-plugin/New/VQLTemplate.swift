// SPDX-License-Identifier: Apache-2.0

/// A plugin whose tools are queries: a manifest, and nothing to build.
enum VQLTemplate {
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
        #"""
        # A plugin without code: the Velociraptor plugin runs the queries.
        schema: 1
        id: \#(names.id)
        name: \#(names.type)
        version: 0.1.0
        abi: 1
        license: Apache-2.0
        description: Finds hosts by their names. Say here in a sentence or two what your plugin is for.
        contributes:
          toolsets:
            - name: \#(names.snake)
              description: Finds hosts. Operations switch a toolset on or off as a whole.
          tools:
            - name: \#(names.snake)_find_hosts
              description: Finds clients whose host name matches a regular expression. Use it to learn a client's id.
              toolset: \#(names.snake)
              annotations: {read_only: true, destructive: false, idempotent: true, open_world: false}
              input_schema:
                type: object
                additionalProperties: false
                required: [name]
                properties:
                  name: {type: string, minLength: 1, description: A regular expression for the host's name.}
                  max_rows: {type: integer, minimum: 1, maximum: 1000, default: 100}
                  cursor: {type: string, description: next_cursor of the page before.}
              run:
                vql:
                  permissions: [READ_RESULTS]
                  # Each property of input_schema is a variable. Values never become part of the text.
                  query: |
                    LET Wanted <= name
                    SELECT client_id, os_info.hostname AS Host, os_info.system AS System
                    FROM clients()
                    WHERE Host =~ Wanted

        """#
    }

    private static func readme(_ names: ProjectNames) -> String {
        """
        # \(names.id)

        Tools for megaraptor-mcp that are VQL alone. `plugin.yaml` is the whole plugin.

            megaraptor-plugin validate .              # holds it against the contract
            megaraptor-mcp serve --plugin-dir .       # tries it

        To install it, put the folder into one of those that `megaraptor-mcp plugins paths` prints.

        """
    }
}
