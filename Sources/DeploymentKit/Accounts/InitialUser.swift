// SPDX-License-Identifier: Apache-2.0

/// A user that the server makes when it first starts with an empty datastore, always as an administrator.
///
/// Adding one later does nothing: then users are made over the API.
public struct InitialUser: Sendable, Hashable {
    public let name: UserName
    /// `nil` for one that can never log in, only come with an API certificate of this name.
    public let password: PasswordHash?

    public init(_ name: UserName, password: PasswordHash?) {
        self.name = name
        self.password = password
    }
}
