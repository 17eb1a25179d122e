// SPDX-License-Identifier: Apache-2.0

public import DeployerKit
public import HTTPTransport
internal import MegaraptorErrors

extension ServerProbe {
    /// The port for people: its TLS, and that it leads to the application but shows it to nobody without a login. Always the
    /// checks `gui.tls`, `gui.redirect` and `gui.closed`.
    public func gui() async -> [DeploymentCheck] {
        do throws(MegaraptorError) {
            let response = try await get("/")
            return [proven("gui.tls"), redirect(response), await closed()]
        } catch {
            let reason = "Nothing can be asked before TLS works."
            return [failed("gui.tls", error), unknown("gui.redirect", reason), unknown("gui.closed", reason)]
        }
    }

    private func redirect(_ response: HTTPResponse) -> DeploymentCheck {
        let goal = response.headers["Location"] ?? ""
        if response.status == 307, goal.hasSuffix(Self.application) {
            return DeploymentCheck("gui.redirect", .ok, "The GUI answers and leads to \(Self.application).")
        }
        let answer = "GET / answers with HTTP \(response.status) and not with a redirect to \(Self.application)"
        guard (200..<400).contains(response.status) else {
            return DeploymentCheck("gui.redirect", .failed, answer + ".")
        }
        return DeploymentCheck("gui.redirect", .warning, answer + "; a proxy or another login may be before it.")
    }

    private func closed() async -> DeploymentCheck {
        do throws(MegaraptorError) {
            let status = try await get(Self.application).status
            switch status {
            case 401, 403: return DeploymentCheck("gui.closed", .ok, "Without a login the GUI shows nothing.")
            case 200: return DeploymentCheck("gui.closed", .failed, "The GUI shows itself to anybody without a login.")
            case 300..<400:
                return DeploymentCheck("gui.closed", .ok, "Without a login the GUI leads elsewhere (HTTP \(status)).")
            default: return DeploymentCheck("gui.closed", .unknown, "Without a login the GUI answers HTTP \(status).")
            }
        } catch {
            return failed("gui.closed", error)
        }
    }

    /// That a user can log in, and that the GUI then reaches the API. Always the checks `gui.login` and `gui.api`.
    public func login(_ credentials: HTTPBasicCredentials) async -> [DeploymentCheck] {
        do throws(MegaraptorError) {
            let status = try await get(Self.application, as: credentials).status
            guard status == 200 else {
                let text =
                    status == 401
                    ? "The server refuses the user \(credentials.user) and the password that is kept."
                    : "A login as \(credentials.user) is answered with HTTP \(status)."
                return [
                    DeploymentCheck("gui.login", .failed, text),
                    unknown("gui.api", "It can be asked only after a login."),
                ]
            }
            let login = DeploymentCheck("gui.login", .ok, "The user \(credentials.user) can log in.")
            return [login, await api(credentials)]
        } catch {
            return [failed("gui.login", error), unknown("gui.api", "It can be asked only after a login.")]
        }
    }

    /// Whether the GUI's calls go through its gateway to the API.
    private func api(_ credentials: HTTPBasicCredentials) async -> DeploymentCheck {
        do throws(MegaraptorError) {
            let status = try await get("/api/v1/GetUserUITraits", as: credentials).status
            switch status {
            case 200: return DeploymentCheck("gui.api", .ok, "The GUI reaches the API.")
            case 503:
                let text =
                    "The GUI cannot reach the API (HTTP 503): API.hostname must be an address by which the server reaches "
                    + "itself, and the frontend's certificate must bear VelociraptorServer."
                return DeploymentCheck("gui.api", .failed, text)
            default: return DeploymentCheck("gui.api", .failed, "A call of the GUI is answered with HTTP \(status).")
            }
        } catch {
            return failed("gui.api", error)
        }
    }

    private static var application: String { "/app/index.html" }
}
