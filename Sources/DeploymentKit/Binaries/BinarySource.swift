// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Where a program is taken from.
public enum BinarySource: Sendable, Hashable {
    /// A place that keeps releases as the vendor does: `https://…`, `http://…`, or a folder.
    case releases(String)
    /// One file behind a URL.
    case url(String)
    /// One file on this machine. Absolute.
    case file(String)

    /// The vendor's own.
    public static let vendor = BinarySource.releases(ReleaseAsset.vendor)

    /// Takes a URL or an absolute path of one file.
    public init(_ text: String) throws(MegaraptorError) {
        if text.hasPrefix("file:///") {
            guard !text.contains("%") else {
                throw MegaraptorError(.invalidArgument, "A file's URL with % is not read here; give the path itself.")
            }
            self = .file(String(text.dropFirst("file://".count)))
        } else if text.hasPrefix("/") {
            self = .file(text)
        } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
            self = .url(text)
        } else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(100))\" is neither a URL nor an absolute path.",
                hint: "Give https://…, http://…, file:///… or /…."
            )
        }
    }

    /// The one file that is meant.
    func place(of asset: ReleaseAsset) throws(MegaraptorError) -> BinarySource {
        guard case .releases(let base) = self else { return self }
        return try BinarySource(asset.url(base: base))
    }
}
