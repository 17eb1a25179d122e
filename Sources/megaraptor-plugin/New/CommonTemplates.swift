// SPDX-License-Identifier: Apache-2.0

/// Files that plugins in every language have.
enum CommonTemplates {
    /// What goes into the manifest and stands in no code.
    static func about(_ names: ProjectNames, _ description: String) -> String {
        """
        # What the manifest says and code does not. Everything else in it is made from the code.
        name: \(names.type)
        license: Apache-2.0
        description: \(description) Say here in a sentence or two what your plugin is for.
        contributes:
          toolsets:
            - name: \(names.snake)
              description: \(description) Operations switch a toolset on or off as a whole.

        """
    }
}
