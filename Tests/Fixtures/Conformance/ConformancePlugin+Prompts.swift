// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension ConformancePlugin {
    var prompts: [Prompt] {
        [
            Prompt("test_simple_prompt", description: "A simple prompt without arguments") { _, _ in
                [.user(.text("This is a simple prompt for testing."))]
            },
            Prompt(
                "test_prompt_with_arguments",
                description: "A prompt with required arguments",
                arguments: [
                    Prompt.Argument("arg1", description: "First test argument", required: true),
                    Prompt.Argument("arg2", description: "Second test argument", required: true),
                ]
            ) { given, _ in
                let (first, second) = (given["arg1"] ?? "", given["arg2"] ?? "")
                return [.user(.text("Prompt with arguments: arg1='\(first)', arg2='\(second)'"))]
            },
            Prompt(
                "test_prompt_with_embedded_resource",
                description: "A prompt that carries a resource",
                arguments: [Prompt.Argument("resourceUri", description: "URI of the resource", required: true)]
            ) { given, _ in
                [
                    .user(Self.embedded(given["resourceUri"] ?? "", "Embedded resource content for testing.")),
                    .user(.text("Please process the embedded resource above.")),
                ]
            },
            Prompt("test_prompt_with_image", description: "A prompt that carries a picture") { _, _ in
                [
                    .user(.image(base64: Samples.png, mimeType: "image/png")),
                    .user(.text("Please analyze the image above.")),
                ]
            },
            Prompt("test_input_required_result_prompt", description: "A prompt that asks before it is made") {
                _,
                context in
                let schema = Schema.object(open: true, .required("context", .string))
                let answer = try await context.elicit("What context should the prompt use?", schema: schema)
                return [.user(.text("Context: \(answer["content"]?["context"]?.stringValue ?? "none")"))]
            },
        ]
    }
}
