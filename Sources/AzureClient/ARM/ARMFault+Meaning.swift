// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

extension ARMFault {
    /// Azure's code counts before the status.
    var meaning: (MegaraptorError.Code, hint: String) {
        if let known = Self.known[code] { return known }
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

    private static let quotaHint =
        "Ask for more quota in the portal (Quotas), or take another size or region."
    private static let registerHint =
        "Register the resource provider once: \"az provider register --namespace NAMESPACE\" with the namespace that the"
        + " message names."
    private static let templateHint = "The template does not fit what Azure expects; nothing was deployed."

    private static let known: [String: (MegaraptorError.Code, hint: String)] = [
        "AuthorizationFailed": (
            .permissionDenied, "Give the identity the role Contributor for the subscription or the resource group."
        ),
        "LinkedAuthorizationFailed": (.permissionDenied, "The identity also needs a role for the linked resource."),
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
        "OperationNotAllowed": (.resourceExhausted, quotaHint),
        "QuotaExceeded": (.resourceExhausted, quotaHint),
        "TooManyRequests": (.resourceExhausted, "Azure asks for fewer requests. Try again later."),
        "SubscriptionRequestsThrottled": (.resourceExhausted, "Azure asks for fewer requests. Try again later."),
        "DeploymentActive": (.conflict, "A deployment of that name is still under way: wait for it, or cancel it."),
        "ScopeLocked": (.failedPrecondition, "Take the lock off first: \"az lock list\" shows it."),
        "ResourceGroupBeingDeleted": (.conflict, "Wait until the group has gone, then try again."),
        "MissingSubscriptionRegistration": (.failedPrecondition, registerHint),
        "SubscriptionNotRegistered": (.failedPrecondition, registerHint),
        "VaultAlreadyExists": (
            .conflict, "Somebody has a vault of that name, perhaps one that was deleted softly and is not purged yet."
        ),
    ]
}
