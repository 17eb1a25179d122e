// SPDX-License-Identifier: Apache-2.0

public import HTTPTransport
public import Negotiation

/// Who it is for on a Windows machine, and how that is shown.
public enum WinRMLogin: Sendable {
    /// A local user's password, as it is. A machine takes it only where `Service\Auth\Basic` is switched on.
    case basic(HTTPBasicCredentials)
    /// By `Negotiate`, which machines take unless it is switched off. The password never leaves this machine.
    ///
    /// Without a user it is the one whose ticket this process has, which is Kerberos's affair.
    case negotiate(NegotiationMechanism, HTTPBasicCredentials?)
}
