// SPDX-License-Identifier: Apache-2.0

internal import AgentsPlugin
public import CMegaraptorABI
internal import MegaraptorPluginKit

// The contract gives the name.
// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func megaraptor_plugin_v1(
    _ host: UnsafePointer<mr_host>?,
    _ out: UnsafeMutablePointer<mr_plugin>?
) -> Int32 {
    PluginEntry.open(AgentsPlugin.self, host, out)
}
