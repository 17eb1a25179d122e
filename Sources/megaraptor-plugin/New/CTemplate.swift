// SPDX-License-Identifier: Apache-2.0

/// A plugin in C: one file and a Makefile. It needs a compiler and the contract's header.
enum CTemplate {
    static func project(_ names: ProjectNames) -> Project {
        Project(
            files: [
                Project.File(path: "\(names.snake).c", text: CTemplate.source(names)),
                Project.File(path: "about.yaml", text: CommonTemplates.about(names, "Gives texts back.")),
                Project.File(path: "Makefile", text: makefile(names)),
                Project.File(path: "README.md", text: readme(names)),
                Project.File(path: ".gitignore", text: "plugin/\n"),
            ],
            next: ["make validate", "make install"]
        )
    }

    private static func makefile(_ names: ProjectNames) -> String {
        """
        ID := \(names.id)
        LIBRARY := lib\(names.type).so
        PLUGIN := plugin/$(ID)
        CFLAGS ?= -O2 -Wall -Wextra
        DATA := $(if $(XDG_DATA_HOME),$(XDG_DATA_HOME),$(HOME)/.local/share)
        INSTALLED := $(DATA)/megaraptor-mcp/plugins/$(ID)

        all: $(PLUGIN)/plugin.yaml
        $(PLUGIN)/$(LIBRARY): \(names.snake).c
        \tinstall -d $(PLUGIN)
        \t$(CC) -std=c11 -shared -fPIC -fvisibility=hidden $(CFLAGS) -I "$$(megaraptor-plugin include-path)" -o $@ $<
        $(PLUGIN)/plugin.yaml: $(PLUGIN)/$(LIBRARY) about.yaml
        \tmegaraptor-plugin inspect --manifest --base about.yaml $< > $@.new && mv $@.new $@
        validate: all
        \tmegaraptor-plugin validate $(PLUGIN)
        install: all
        \tinstall -d $(INSTALLED) && install -m 644 $(PLUGIN)/$(LIBRARY) $(PLUGIN)/plugin.yaml $(INSTALLED)
        clean:
        \trm -rf plugin
        .PHONY: all validate install clean

        """
    }

    private static func readme(_ names: ProjectNames) -> String {
        """
        # \(names.id)

        A plugin for megaraptor-mcp, written in C. `\(names.snake).c` is all of it; `about.yaml` is what its manifest says and
        code does not.

            make            # builds it into plugin/\(names.id)
            make validate   # holds it against the contract
            make install    # puts it where megaraptor-mcp looks for plugins

        The contract is one header, in the folder that `megaraptor-plugin include-path` prints.

        """
    }
}
