// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// A folder for Windows machines: the vendor's MSI or program as it is, the configuration beside it, and scripts that
/// install, check and remove.
struct WindowsBundle: Sendable {
    /// What the MSI puts onto a machine, and where its service looks for the configuration.
    static let folder = #"C:\Program Files\Velociraptor"#
    static let config = #"C:\Program Files\Velociraptor\client.config.yaml"#
    static let service = "Velociraptor"
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
        let all = [WindowsSteps.installation, WindowsSteps.protection, WindowsSteps.replacement]
        return isInstaller ? all.joined(separator: "\n") : WindowsSteps.protection
    }

    /// The service of the MSI waits until its configuration is one that works.
    private var installerSteps: String {
        """
        [void](Invoke-Msi $payload $Log)
        Set-ProtectedFile $config '\(Self.config)'
        Restart-Service -Name '\(Self.service)' -Force
        """
    }

    /// The program copies itself and the configuration to where its service has them.
    private var programSteps: String {
        """
        & $payload service install --config $config -v *> $Log
        if ($LASTEXITCODE -ne 0) { throw "velociraptor.exe service install ended with $LASTEXITCODE; see $Log." }
        Protect-File '\(Self.folder)\\Velociraptor.config.yaml'
        """
    }

    /// Takes the agent away. Its key stays, so that the machine keeps its client id, unless it is to be wiped.
    static let removal = """
        #Requires -RunAsAdministrator
        # Removes the Velociraptor agent. -Wipe also removes its key: installed again, the machine is a new client.
        [CmdletBinding()]
        param([switch]$Wipe)

        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $folder = '\(folder)'
        $keys = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*',
            'HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*'
        $products = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |
            Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq 'Velociraptor' })
        foreach ($product in $products) {
            $result = Start-Process -FilePath msiexec.exe -ArgumentList @('/x', $product.PSChildName, '/qn', '/norestart') `
                -Wait -PassThru
            if ($result.ExitCode -notin 0, 1605, 3010) { throw "msiexec ended with $($result.ExitCode)." }
        }
        if (Get-Service -Name '\(service)' -ErrorAction SilentlyContinue) {
            & "$folder\\Velociraptor.exe" service remove
            if ($LASTEXITCODE -ne 0) { throw "velociraptor.exe service remove ended with $LASTEXITCODE." }
        }
        foreach ($name in 'client.config.yaml', 'Velociraptor.config.yaml', 'Velociraptor.exe') {
            Remove-Item -LiteralPath "$folder\\$name" -Force -ErrorAction SilentlyContinue
        }
        if ($Wipe) { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue }
        Write-Output 'The Velociraptor agent is removed.'

        """
}
