// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

extension ARMFault {
    /// Azure's code counts before the status.
    var meaning: (MegaraptorError.Code, hint: String) {
        if let known = Self.known[code] { return known }
        if let told = byMessage { return told }
        if code.hasSuffix("QuotaExceeded") || code.hasSuffix("LimitExceeded") {
            return (.resourceExhausted, Self.quotaHint)
        }
        if code.hasSuffix("NotFound") { return (.notFound, "") }
        switch status {
        case 400: return (.invalidArgument, "")
        case 401: return (.unauthenticated, "Sign in again.")
        case 403: return (.permissionDenied, "")
        case 404: return (.notFound, "")
        case 409, 412: return (.conflict, "")
        case 429: return (.resourceExhausted, "Azure asks for fewer requests. Try again later.")
        case .some(500...): return (.unavailable, "Azure itself has trouble. Try again later.")
        default: return (.failedPrecondition, "")
        }
    }

    /// These codes stand for many things, and only the message tells which.
    private var byMessage: (MegaraptorError.Code, hint: String)? {
        let words = message.lowercased()
        switch code {
        case "OperationNotAllowed" where words.contains("quota"): return (.resourceExhausted, Self.quotaHint)
        case "ConflictError", "VaultAlreadyExists":
            guard words.contains("vault") else { return nil }
            return (.conflict, Self.vaultHint)
        default: return nil
        }
    }

    private static let vaultHint =
        "A Key Vault of that name was deleted and is kept for up to 90 days: \"az keyvault list-deleted\" shows it. Recover"
        + " it (\"az keyvault recover\"), wait until it is purged, or make a new deployment, which has another name."
    private static let rolesHint =
        "Give the identity the roles Contributor and Role Based Access Control Administrator (or Owner) for the"
        + " subscription or the resource group; where they are given, also for the certificate's vault and the DNS zone."
    private static let quotaHint =
        "Ask for more quota in the portal (Quotas), or take another size or region."
    private static let registerHint =
        "Register the resource provider once: \"az provider register --namespace NAMESPACE\" with the namespace that the"
        + " message names."
    private static let templateHint = "The template does not fit what Azure expects; nothing was deployed."

    private static let known: [String: (MegaraptorError.Code, hint: String)] = [
        "AuthorizationFailed": (.permissionDenied, rolesHint),
        "LinkedAuthorizationFailed": (.permissionDenied, rolesHint),
        "RequestDisallowedByPolicy": (.permissionDenied, "A policy of the subscription forbids it: ask its owner."),
        "InvalidAuthenticationToken": (.unauthenticated, "Check the tenant and the cloud, and sign in again."),
        "InvalidAuthenticationTokenTenant": (.unauthenticated, "The subscription belongs to another tenant."),
        "ExpiredAuthenticationToken": (.unauthenticated, "Sign in again."),
        "SubscriptionNotFound": (.notFound, "Check the subscription's id, the tenant and the cloud."),
        "ResourceGroupNotFound": (.notFound, ""),
        "DeploymentNotFound": (.notFound, ""),
        "InvalidTemplate": (.invalidArgument, templateHint),
        "InvalidTemplateDeployment": (.invalidArgument, templateHint),
        "InvalidDeploymentParameterValue": (.invalidArgument, ""),
        "LocationNotAvailableForResourceType": (.invalidArgument, "Take another region."),
        "InvalidResourceLocation": (.conflict, "The resource is in another region already."),
        "InvalidResourceGroupLocation": (.conflict, "The resource group is in another region already."),
        "SkuNotAvailable": (.resourceExhausted, "Take another machine size, or another region or zone."),
        "AllocationFailed": (.resourceExhausted, "Azure has no room for that size now: try later, or another size."),
        "ZonalAllocationFailed": (.resourceExhausted, "Azure has no room in that zone now: try later."),
        "QuotaExceeded": (.resourceExhausted, quotaHint),
        "TooManyRequests": (.resourceExhausted, "Azure asks for fewer requests. Try again later."),
        "SubscriptionRequestsThrottled": (.resourceExhausted, "Azure asks for fewer requests. Try again later."),
        "DeploymentActive": (.conflict, "A deployment of that name is still under way: wait for it, or cancel it."),
        "ScopeLocked": (.failedPrecondition, "Take the lock off first: \"az lock list\" shows it."),
        "ResourceGroupBeingDeleted": (.conflict, "Wait until the group has gone, then try again."),
        "MissingSubscriptionRegistration": (.failedPrecondition, registerHint),
        "SubscriptionNotRegistered": (.failedPrecondition, registerHint),
    ]
}
