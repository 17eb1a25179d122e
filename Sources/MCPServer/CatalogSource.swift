// SPDX-License-Identifier: Apache-2.0

public import Catalog

/// Where the server learns what is visible. After a change ``MCPServer/catalogDidChange()`` has to be called.
public protocol CatalogSource: Sendable {
    /// The catalogue as it is now. Called rarely, on any thread.
    func currentCatalog() -> Catalog
}

extension Catalog: CatalogSource {
    /// A catalogue that never changes is its own source.
    public func currentCatalog() -> Catalog { self }
}
