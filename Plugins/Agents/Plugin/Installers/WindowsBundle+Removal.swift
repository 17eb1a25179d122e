// SPDX-License-Identifier: Apache-2.0

extension WindowsBundle {
    /// Takes the agent away, however it was installed. Its key stays, so that the machine keeps its client id, unless it
    /// is to be wiped.
    ///
    /// By Windows' own means: the program's `service remove` would need a program that works and a configuration. The
    /// configuration goes last, since it says whose the rest is.
    static let removal = """
        #Requires -RunAsAdministrator
        # Removes the Velociraptor agent. -Wipe also removes its key: installed again, the machine is a new client.
        [CmdletBinding()]
        param([switch]$Wipe, [string]$Log = "$env:TEMP\\velociraptor-remove.log")

        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $folder = '\(folder)'
        $configs = "$folder\\client.config.yaml", "$folder\\Velociraptor.config.yaml"

        \(WindowsSteps.msiexec)
        \(WindowsSteps.removal)
        function Get-Rest { if (Test-Path -LiteralPath $folder) { Get-ChildItem -LiteralPath $folder -Force } }

        $keys = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*',
            'HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*'
        $products = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |
            Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq 'Velociraptor' } |
            Where-Object { $_.PSChildName -match '^\\{[0-9A-Fa-f-]+\\}$' })
        # 1605: only the entry was left of it.
        foreach ($product in $products) { [void](Invoke-Msi '/x' $product.PSChildName $Log @(0, 1605, 3010)) }

        if (Get-Service -Name '\(service)' -ErrorAction SilentlyContinue) {
            Stop-Service -Name '\(service)' -Force
            & sc.exe delete '\(service)' | Out-Null
            if ($LASTEXITCODE -ne 0) { throw "sc.exe delete \(service) ended with $LASTEXITCODE." }
        }

        Remove-Existing "$folder\\Velociraptor.exe"
        Remove-Existing "$folder\\\(WindowsScript.markFile)"
        if ($Wipe) {
            @(Get-Rest) | Where-Object { $_.FullName -notin $configs } | ForEach-Object { Remove-Existing $_.FullName }
            # Where the service, as the system's own user, keeps what it could not send yet.
            $temporary = [Environment]::GetEnvironmentVariable('TEMP', 'Machine')
            Remove-Existing (Join-Path $temporary '\(buffer)')
        }
        foreach ($config in $configs) { Remove-Existing $config }
        if (@(Get-Rest).Count -eq 0) { Remove-Existing $folder }
        Write-Output 'The Velociraptor agent is removed.'

        """
}
