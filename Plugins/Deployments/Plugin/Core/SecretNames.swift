// SPDX-License-Identifier: Apache-2.0

import DeploymentKit

/// Under which names the secrets of a deployment are kept.
enum SecretNames {
    static let authorityKey = "ca_key"
    /// Of the authority before the latest rotation, until nobody can need it.
    static let formerAuthorityKey = "former_ca_key"
    static let adminPassword = "admin_password"

    static func name(_ purpose: String, of id: String) -> String { "deployment.\(id).\(purpose)" }
}
