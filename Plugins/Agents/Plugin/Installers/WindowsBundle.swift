// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// A folder for Windows machines: the vendor's MSI or program as it is, the configuration beside it, and scripts that
/// install, check and remove.
struct WindowsBundle: Sendable {
    /// What the MSI puts onto a machine, and where its service looks for the configuration.
    static let folder = #"C:\Program Files\Velociraptor"#
    static let config = #"C:\Program Files\Velociraptor\client.config.yaml"#
    static let service = "Velociraptor"
    /// In the folder for temporary files of the user whose service it is.
    static let buffer = "Velociraptor_Buffer.bin"
    static let installScript = "Install-VelociraptorAgent.ps1"
    static let removeScript = "Remove-VelociraptorAgent.ps1"

    let isInstaller: Bool
    let sha256: String

    var payload: String { isInstaller ? "velociraptor.msi" : "velociraptor.exe" }

    /// Checks the sum, installs, lays the configuration where this installer's service reads it, and starts.
    var installation: String {
        """
        #Requires -RunAsAdministrator
        # Installs the Velociraptor agent of this folder. Running it again upgrades, or repairs the configuration.
        [CmdletBinding()]
        param([string]$Log = "$env:TEMP\\velociraptor-install.log")

        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $payload = Join-Path $PSScriptRoot '\(payload)'
        $config = Join-Path $PSScriptRoot 'client.config.yaml'

        $sum = (Get-FileHash -LiteralPath $payload -Algorithm SHA256).Hash
        if ($sum -ne '\(sha256)') { throw "\(payload) has the SHA-256 $sum, which is not the one it was packed with." }

        \(functions)
        \(isInstaller ? installerSteps : programSteps)
        $service = Get-Service -Name '\(Self.service)'
        if ($service.Status -ne 'Running') { throw "The service \(Self.service) does not run: $($service.Status)." }
        Write-Output 'The Velociraptor agent is installed and runs.'

        """
    }

    private var functions: String {
        let all = [WindowsSteps.msiexec, WindowsSteps.protection, WindowsSteps.replacement]
        return isInstaller ? all.joined(separator: "\n") : WindowsSteps.protection
    }

    /// The service of the MSI waits until its configuration is one that works.
    private var installerSteps: String {
        """
        [void](Invoke-Msi '/i' $payload $Log)
        Set-ProtectedFile $config '\(Self.config)'
        Restart-Service -Name '\(Self.service)' -Force
        """
    }

    /// The program stops a service that runs, and copies itself and the configuration to where it has them. Where it could
    /// not, it ends well all the same. PowerShell's own redirection would take its first line of log for a failure.
    private var programSteps: String {
        """
        $arguments = 'service', 'install', '--config', "`"$config`"", '-v'
        $streams = @{ RedirectStandardError = $Log; RedirectStandardOutput = "$Log.out" }
        $result = Start-Process -FilePath $payload -ArgumentList $arguments -Wait -PassThru @streams
        if ($result.ExitCode -ne 0) { throw "velociraptor.exe service install ended with $($result.ExitCode); see $Log." }
        foreach ($pair in @($payload, 'Velociraptor.exe'), @($config, 'Velociraptor.config.yaml')) {
            $installed = Join-Path '\(Self.folder)' $pair[1]
            $isSame = (Test-Path -LiteralPath $installed) -and
                (Get-FileHash -LiteralPath $installed).Hash -eq (Get-FileHash -LiteralPath $pair[0]).Hash
            if (-not $isSame) { throw "velociraptor.exe did not put its $($pair[1]) into place; see $Log." }
        }
        Protect-File '\(Self.folder)\\Velociraptor.config.yaml'
        """
    }
}
