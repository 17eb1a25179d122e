// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file: the table has long lines

extension BuiltInArtifacts {
    /// The artifacts of Velociraptor 0.77.2, one to a line: name, type, systems, sources, permissions, aliases and
    /// parameters (`name:type=default`), parted by tabs.
    static let table = #"""
        ADX.Flows.Upload	server_event					ArtifactNameRegex:regex;ClusterURL:string;Database:string;Table:string;ClientID:string;ClientSecret:string;TenantID:string;Threads:int;ChunkSize:int;WaitTime:int;MaxMemoryBuffer:hidden;Secret:hidden
        Admin.Client.Remove	server					Age:int;ReallyDoIt:bool
        Admin.Client.Uninstall	client		Windows,Debian,RPMBased,MacOS	EXECVE		DisplayNameRegex:regex;ReallyDoIt:bool
        Admin.Client.UpdateClientConfig	client			EXECVE,FILESYSTEM_WRITE		ConfigYaml:string;ConfigPath:string;WaitPeriod:int;RekeyClient:bool
        Admin.Client.Upgrade.Debian	client					SleepDuration:int;ServiceName:str
        Admin.Client.Upgrade.RedHat	client					SleepDuration:int;ServiceName:str
        Admin.Client.Upgrade.Windows	client					SleepDuration:int
        Demo.Plugins.Fifo	client_event
        Demo.Plugins.GUI	client					ChoiceSelector:choices;MultiChoiceSelector:multichoice;Hashes:string;RegularExpression:regex;MultipleRegularExpression:regex_array;YaraRule:yara;Flag:bool;Flag2:bool;Flag3:bool;OffFlag:bool;StartDate:timestamp;StartDate2:timestamp;StartDate3:timestamp;CSVData:csv;JSONData:json_array;JSONDataWithObject:json_array;FileUpload1:upload;FileUpload2:upload_file;ArtifactSelections:artifactset
        Elastic.EventLogs.Sysmon	client					LogFileGlob:string
        Elastic.Events.Upload	server_event				Elastic.Events.Clients	ElasticAddresses:string;Username:string;Password:string;APIKey:string;ClientArtifactsToWatch:artifactset;ServerArtifactsToWatch:artifactset;DisableSSLSecurity:bool;Threads:int;ChunkSize:int;CloudID:string;RootCA:string
        Elastic.Flows.Upload	server_event					ArtifactNameRegex:regex;elasticAddresses:string;Username:string;Password:string;APIKey:string;DisableSSLSecurity:bool;Threads:int;ChunkSize:int;CloudID:string;RootCA:string
        Generic.Applications.Chrome.SessionStorage	client					SessionGlobs:csv;Accessor:string;AlsoUpload:bool
        Generic.Applications.Office.Keywords	client					documentGlobs:string;searchGlob:string;yaraRule:yara
        Generic.Client.CleanupTemp	client			FILESYSTEM_WRITE		TempGlob:string;AgeSeconds:int;ReadllyDoIt:bool
        Generic.Client.DiskSpace	client
        Generic.Client.DiskUsage	client					TopLevelDirectory:string;FilenameGlob:string;DirectoryGlob:string
        Generic.Client.Info	client		BasicInformation,DetailedInfo,LinuxInfo,WindowsInfo,Users
        Generic.Client.LocalLogs	client_event					LocalFilename:string;MaxRows:int;MaxWait:int;MaxSize:int;AlsoForward:bool;Component:choices
        Generic.Client.LocalLogsRetrieve	client					LocalFilename:string
        Generic.Client.Profile	client		Goroutines,Memory,Logs,RunningQueries,AllQueries,Metrics,Everything			Allocs:bool;Block:bool;Goroutine:bool;Heap:bool;Mutex:bool;Profile:bool;Trace:bool;Logs:bool;QueryLogs:bool;Metrics:bool;Verbose:bool;Duration:string
        Generic.Client.Rekey	client			EXECVE		Wait:int
        Generic.Client.Stats	client_event					Frequency:int
        Generic.Client.Trace	client					FrequencySec:int
        Generic.Client.VQL	client		Overview	IMPERSONATION		Command:string
        Generic.Collectors.File	client		All Matches Metadata,Uploads		Windows.Collectors.File	collectionSpec:csv;Root:string;Accessor:string;NTFS_CACHE_TIME:int;UPLOAD_IS_RESUMABLE:bool;MaxFileSize:int
        Generic.Detection.HashHunter	client					TargetGlob:string;Accessor:string;DateAfter:timestamp;DateBefore:timestamp;SizeMax:int64;SizeMin:int64;MD5List:string;SHA1List:string;SHA256List:string
        Generic.Detection.Logs	client					TargetGlob:string;SearchRegex:regex;WhitelistRegex:regex
        Generic.Detection.Yara.Glob	client				Windows.Detection.Yara.Glob,Linux.Detection.Yara.Glob,MacOS.Detection.Yara.Glob	PathGlob:string;SizeMax:int64;SizeMin:int64;UploadHits:bool;DateAfter:timestamp;DateBefore:timestamp;YaraUrl:upload;YaraRule:yara;NumberOfHits:int;ContextBytes:int
        Generic.Detection.Yara.Zip	client					TargetGlob:string;ZipFilenameRegex:string;MaxRecursions:int;UploadHits:bool;YaraRule:yara;NumberOfHits:int;ContextBytes:int
        Generic.Forensic.Carving.URLs	client					UrlGlob:string
        Generic.Forensic.HashLookup	server_event
        Generic.Forensic.LocalHashes.Glob	client					HashGlob:string;HashDb:string;SuppressOutput:bool
        Generic.Forensic.LocalHashes.Init	client					HashDb:string
        Generic.Forensic.LocalHashes.Query	client					Hashes:csv;CommaDelimitedHashes:string;HashDb:string
        Generic.Forensic.Timeline	client					timelineGlob:string;timelineAccessor:string
        Generic.Network.InterfaceAddresses	client				Windows.Network.InterfaceAddresses
        Generic.System.EfiSignatures	client		Certificates,Hashes
        Generic.System.HostsFile	client		Hosts,HostsFlattened			hostsFileGlobs:csv;HostnameRegex:regex;AddressRegex:regex
        Generic.System.ProcessSiblings	client					CommandlineRegex:regex;PidFilter:regex;IncludePstree:bool
        Generic.System.Pstree	client					CommandlineRegex:regex;PidFilter:regex;CallChainFilter:regex;CallChainSep:string;IncludePstree:bool
        Generic.Utils.Crypto	client
        Generic.Utils.DeadDiskRemapping	server					ImagePath:string;Accessor:string;Hostname:string;Upload:bool;CommonRemapping:string
        Generic.Utils.FetchBinary	client					ToolName:string;IsExecutable:bool;SleepDuration:int;ToolInfo:hidden;TemporaryOnly:bool;IgnoreErrors:bool
        Generic.Utils.SendEmail	server					Secret:string;Recipients:json_array;Sender:string;FilesToUpload:csv;PlainTextMessage:string;HTMLMessage:string;EncodeText:bool;Subject:string;Period:int;UseSimpleBoundary:bool
        Linux.Applications.Chrome.Extensions	client	linux				extensionGlobs:string
        Linux.Applications.Chrome.Extensions.Upload	client	linux				extensionGlobs:string
        Linux.Applications.Docker.Info	client	linux				dockerSocket:string
        Linux.Applications.Docker.Version	client	linux				dockerSocket:string
        Linux.Debian.AptSources	client	linux	Sources,SourcesFlattened,SourcesCacheFiles			linuxAptSourcesGlobs:csv;aptCacheDirectory:string
        Linux.Debian.Packages	client	linux	DebPackages,Snaps			linuxDpkgStatus:string;snapdSocket:string
        Linux.Detection.AnomalousFiles	client	linux				MaxNormalSize:int;PathsToSearch:str
        Linux.Detection.Yara.Process	client	linux			MacOS.Detection.Yara.Process	ProcessRegex:regex;PidRegex:regex;UploadHits:bool;YaraUrl:upload;YaraRule:yara;NumberOfHits:int;ContextBytes:int;ExePathWhitelist:regex
        Linux.Events.DNS	client_event	linux				ExcludeDestIP:regex;Records:regex;ProcessNameFilter:regex;IncludeDNSDetails:bool;IncludeProcessInfo:bool
        Linux.Events.EBPF	client_event	linux				Events:csv
        Linux.Events.HTTPConnections	client_event	linux				HostFilter:regex;URLFilter:regex;ProcessNameFilter:regex;IncludeHeaders:bool;IncludeProcessInfo:bool
        Linux.Events.Journal	client_event	linux				JournalGlob:glob
        Linux.Events.ProcessExecutions	client_event	linux		EXECVE		pathToAuditctl:string
        Linux.Events.SSHBruteforce	client_event	linux				syslogAuthLogPath:string;SSHGrok:string;MinimumFailedLogins:string
        Linux.Events.SSHLogin	client_event	linux				syslogAuthLogPath:string;SSHGrok:string
        Linux.Events.TrackProcesses	client_event	linux				AlsoForwardUpdates:bool;MaxSize:int64
        Linux.Forensics.ImmutableFiles	client	linux				SearchFilesGlob:string;OneFilesystem:bool;DoNotFollowSymlinks:bool
        Linux.Forensics.Journal	client	linux	Uploads			JournalGlob:glob;IdentifierRegex:regex;IocRegex:regex;DateAfter:timestamp;DateBefore:timestamp;AlsoUpload:bool
        Linux.Forensics.Journal.Fields	client	linux	JournalFields,JournalFieldValues			JournalGlob:glob;FieldName:string;ListFields:bool;TailWindow:int;Accessor:string;FailIfMissing:bool
        Linux.Mounts	client	linux				ProcMounts:string
        Linux.Network.Netstat	client	linux	TCP4,TCP6			StateRegex:regex
        Linux.Network.NetstatEnriched	client	linux				IPRegex:regex;PortRegex:regex;ProcessNameRegex:regex;UsernameRegex:regex;ConnectionStatusRegex:regex;ProcessPathRegex:regex;CommandLineRegex:regex;CallChainRegex:regex
        Linux.Network.PacketCapture	client	linux		EXECVE		Duration:integer;Interface:string;BPF:string
        Linux.OSQuery.Generic	client	linux		EXECVE		Query:string
        Linux.Proc.Arp	client	linux				ProcNetArp:string
        Linux.Proc.Modules	client	linux				ProcModules:string
        Linux.RHEL.Packages	client	linux
        Linux.Remediation.Quarantine	client	linux		EXECVE,NETWORK		pathToNFT:string;TableName:string;ForbiddenTestURL:string;MessageBox:string;RemovePolicy:bool
        Linux.Search.FileFinder	client	linux				SearchFilesGlob:string=/home/*;SearchFilesGlobTable:csv;YaraRule:yara;Upload_File:bool;Calculate_Hash:bool;MoreRecentThan:timestamp;ModifiedBefore:timestamp;ExcludePathRegex:regex;LocalFilesystemOnly:bool;OneFilesystem:bool;DoNotFollowSymlinks:bool;ROOT:hidden;ACCESSOR:hidden;UPLOAD_IS_RESUMABLE:bool
        Linux.Ssh.AuthorizedKeys	client	linux				sshKeyFilesGlob:string;keyTypes:regex;AlsoUpload:bool
        Linux.Ssh.KnownHosts	client	linux	HostPublicKeys			sshKnownHostsFiles:string
        Linux.Ssh.PrivateKeys	client	linux				KeyGlobs:string;ExcludePathRegex:regex;LocalFilesystemOnly:bool
        Linux.SuSE.Packages	client	linux
        Linux.Sys.ACPITables	client	linux				kLinuxACPIPath:string
        Linux.Sys.BashHistory	client					TargetGlob:string;SearchRegex:regex;WhitelistRegex:regex
        Linux.Sys.BashShell	client	linux		EXECVE		Command:string;CommandId:string;Stateful:bool;Timeout:int
        Linux.Sys.CPUTime	client	linux				procStat:string
        Linux.Sys.Crontab	client	linux	CronTabs,CronScripts,Uploaded			cronTabGlob:string;cronTabScripts:string;Length:int
        Linux.Sys.Groups	client	linux				GroupFile:string
        Linux.Sys.LastUserLogin	client	linux				wtmpGlobs:string;MaxCount:int64;LoginType:choices;recent_x_days:int;excluded_users:regex
        Linux.Sys.LogGrep	client	linux				TargetGlob:string;GrepRegex:regex;WhitelistRegex:regex
        Linux.Sys.LogHunter	client	linux				TargetFiles:string;SearchRegex:regex;FilterRegex:regex;ExcludeDirectoryRegex:regex;ExcludePathRegex:regex
        Linux.Sys.Maps	client	linux				processRegex:regex
        Linux.Sys.Pslist	client	linux,darwin			MacOS.Sys.Pslist	processRegex:regex=.
        Linux.Sys.SUID	client	linux			MacOS.Sys.SUID	GlobExpression:string
        Linux.Sys.Services	client	linux
        Linux.Sys.Users	client	linux				PasswordFile:string=/etc/passwd
        Linux.Syslog.SSHLogin	client	linux				syslogAuthLogPath:string;SSHGrok:string
        Linux.Triage.ProcessMemory	client	linux				processPid:int
        Linux.Users.InteractiveUsers	client	linux				NonInteractiveExecutables:str
        Linux.Users.RootUsers	client	linux
        Linux.Utils.InstallDeb	client	linux		EXECVE,FILESYSTEM_WRITE		DebName:string;DebFile:upload_file;DebTool:string;ToolSleepDuration:int;UpdateSources:bool;ForceConfNew:bool;Reinstall:bool;UpgradeOnly:bool;ReconfigureIfInstalled:bool;DebConfValues:csv
        LogScale.Events.Clients	server_event					ingestApiBase:string;ingestToken:string;tagFields:string;numThreads:int;httpTimeout:int;batchingTimeoutMs:int;eventBatchSize:int;statsInterval:int;debug:bool;Artifacts:artifactset
        LogScale.Flows.Upload	server_event					ingestApiBase:string;ingestToken:string;tagFields:string;numThreads:int;httpTimeout:int;batchingTimeoutMs:int;eventBatchSize:int;statsInterval:int;debug:bool;ArtifactNameRegex:regex
        MacOS.Applications.Chrome.History	client	darwin				historyGlobs:string;urlSQLQuery:string;userRegex:string=.
        MacOS.Applications.MRU	client					FinderPlistPath:string=/Users/*/Library/Preferences/com.apple.finder.plist
        MacOS.Detection.Autoruns	client	darwin	Sandboxed Loginitems,crontabs,LaunchAgentsDaemons,ScriptingAdditions,StartupItems,MiscItems,LoginItems			sandboxed_loginitems:string=/var/db/com.apple.xpc.launchd/disabled.*.plist;cronTabGlob:string=/private/var/at//tabs/*;LaunchAgentsDaemonsGlob:string;ScriptingAdditionsGlobs:string;StartupItemsGlobs:string;MiscItemsGlobs:string;LoginItemsGlobs:string
        MacOS.Detection.InstallHistory	client	darwin	Install History			InstallHistoryGlob:string=/Library/Receipts/InstallHistory.plist
        MacOS.Forensics.AppleDoubleZip	client					ZipGlob:string=/Users/*/Downloads/*.zip
        MacOS.Forensics.FSEvents	client					GlobTable:csv;Glob:string;PathRegex:regex=.;FlagsRegex:regex=.;MaxFileSize:int=10000000;DateAfter:timestamp;DateBefore:timestamp
        MacOS.Network.Netstat	client	darwin				IPRegex:regex=.;PortRegex:regex=.;ProcessNameRegex:regex=.;UsernameRegex:regex=.;ConnectionStatusRegex:regex=LISTEN|ESTAB;ProcessPathRegex:regex=.;CommandLineRegex:regex=.;CallChainRegex:regex=.;AlsoCollectFullProcessTree:bool
        MacOS.Network.PacketCapture	client	darwin		EXECVE		Duration:integer=10;Interface:string=any;BPF:string
        MacOS.OSQuery.Generic	client	darwin		EXECVE		Query:string=SELECT * FROM osquery_info
        MacOS.Remediation.Quarantine	client	darwin		EXECVE,FILESYSTEM_WRITE,NETWORK		PfctlPath:string=/sbin/pfctl;PFConfigPath:string=/etc/pf.conf;AnchorName:string=com.apple/velociraptor.quarantine;TokenFile:string=/var/run/velociraptor-quarantine.pf-token;ForbiddenTestURL:string=https://www.google.com;ForbiddenTestTimeout:string=15;CurlPath:string=/usr/bin/curl;AdditionalAllowedDestinations:csv;MessageBox:string;RemovePolicy:bool;VelociraptorURL:string
        MacOS.Search.FileFinder	client	darwin				SearchFilesGlob:string=/Users/*;SearchFilesGlobTable:csv;YaraRule:yara;Fetch_Xattr:bool=N;Upload_File:bool=N;Calculate_Hash:bool=N;MoreRecentThan:timestamp;ModifiedBefore:timestamp;DoNotFollowSymlinks:bool=Y;UPLOAD_IS_RESUMABLE:bool=N
        MacOS.System.Dock	client					DockGlob:string=/Users/*/Library/Preferences/com.apple.dock.plist
        MacOS.System.Packages	client	darwin				Length:int=100000000
        MacOS.System.Plist	client	darwin				PlistGlob:string=/Library/Preferences/*.plist;Upload_File:bool=N
        MacOS.System.QuarantineEvents	client	darwin				QuarantineGlob:string
        MacOS.System.TCC	client	darwin				TCCGlob:string
        MacOS.System.TimeMachine	client					TimeMachineGlob:string=/Library/Preferences/com.apple.TimeMachine.plist
        MacOS.System.Users	client					UserPlistGlob:string=/private/var/db/dslocal/nodes/Default/users/*.plist;OnlyShowRealUsers:bool=Y
        MacOS.System.Wifi	client	darwin				WifiGlob:string
        Network.ExternalIpAddress	client			NETWORK		externalUrl:string
        Notebooks.Default	notebook
        Notebooks.Demo	notebook					StartDate:timestamp;AnInteger:int
        Notebooks.Sigma.Studio	notebook					BaseType:choices;Debug:bool;LogSource:string
        Notebooks.Timelines	notebook					TimelineName:string
        Notebooks.VQLx2	notebook
        Reporting.Default	server
        Reporting.Hunts.Details	server					ArtifactRegex:regex;DescriptionRegex:regex
        Server.Alerts.Notification	server_event					SlackToken:string
        Server.Alerts.ProcessCreation	server_event					SlackToken:string
        Server.Alerts.PsExec	server_event					EmailAddress:string;SkipVerify:bool;MessageTemplate:string
        Server.Alerts.TheHive.Alert	server_event					TheHiveURL:string;TheHiveKey:string;VeloServerURL:string;ArtifactsToAlertOn:string;DisableSSLVerify:bool
        Server.Alerts.TheHive.Case	server_event					TheHiveURL:string;VeloServerURL:string;ArtifactsToAlertOn:regex;DisableSSLVerify:bool
        Server.Alerts.Trackaccount	server_event					SlackToken:string
        Server.Alerts.WinPmem	server_event					EmailAddress:string;SkipVerify:bool
        Server.Audit.Logs	server_event
        Server.Enrichment.CortexAnalyzer	server					Observable:string;ObservableType:string;TLP:string;CortexURL:string;CortexKey:string;DisableSSLVerify:bool;JobMessage:string;JobWaitTime:string
        Server.Enrichment.GeoIP	server					IP:string
        Server.Enrichment.GeoIPISP	server					IP:string
        Server.Enrichment.GreyNoise	server					IP:string;ApiKey:string;AccountType:choices;CommunityURL:string;EnterpriseURL:string
        Server.Enrichment.HybridAnalysis	server					Hash:string;HybridAnalysisKey:string;UserAgent:string
        Server.Enrichment.Virustotal	server					QueryType:choices;Hash:string;IP:string;VirustotalKey:string
        Server.Hunts.AddFlow	server					HuntId:string;ClientId:string;FlowId:string
        Server.Hunts.CancelAndDelete	server		CancelFlows,HuntFiles			HuntId:string;Hunts:json_array;DeleteAllFiles:bool
        Server.Hunts.List	server
        Server.Hunts.Results	server					huntId:string;ArtifactName:string
        Server.Import.ArtifactBundle	server			SERVER_ADMIN	Server.Import.ArtifactExchange	URL:string;ArchiveGlob:string;Tag:string
        Server.Import.Extras	server			SERVER_ADMIN		Details:csv
        Server.Import.PreviousReleases	server			SERVER_ADMIN		VelociraptorRelease:choices
        Server.Information.Users	server					StandardUserAccounts:regex
        Server.Internal.Alerts	server_event
        Server.Internal.ArtifactDescription	internal
        Server.Internal.ArtifactModification	server_event
        Server.Internal.ClientConflict	internal
        Server.Internal.ClientDelete	server_event
        Server.Internal.ClientInfo	client_event
        Server.Internal.ClientInfoSnapshot	internal
        Server.Internal.ClientPing	internal
        Server.Internal.ClientScheduled	internal
        Server.Internal.ClientTasks	internal
        Server.Internal.HuntModification	internal
        Server.Internal.HuntUpdate	internal
        Server.Internal.Interrogate	server_event
        Server.Internal.Interrogation	internal
        Server.Internal.Inventory	internal
        Server.Internal.MasterRegistrations	internal
        Server.Internal.MetadataModifications	server_event
        Server.Internal.ResumedUploads	client
        Server.Internal.ToolDependencies	client
        Server.Internal.UserManager	internal
        Server.Internal.Welcome	server
        Server.Monitor.ClientConflict	server_event
        Server.Monitor.Health	server_event		Prometheus
        Server.Monitor.Profile	server		Goroutines,Memory,Logs,RunningQueries,AllQueries,Metrics,Everything			Allocs:bool;Block:bool;Goroutine:bool;Heap:bool;Mutex:bool;Profile:bool;Trace:bool;Logs:bool;QueryLogs:bool;Metrics:bool;Verbose:bool;Duration:string
        Server.Monitor.Shell	server_event
        Server.Monitor.VeloMetrics	server					MetricsURL:string
        Server.Monitoring.ClientCount	server_event					EmailAddress:string;SkipVerify:bool;CCAddress:string;Subject:string;Period:string
        Server.Monitoring.RSSFeeds	server_event					FeedURLs:csv;Period:int;UserRegex:string;AgeDays:int
        Server.Monitoring.ScheduleHunt	server_event					ScheduleDayRegex:regex;ScheduleTimeRegex:regex;HuntDescription:string
        Server.Monitoring.TimesketchUpload	server_event			EXECVE		SketchRegex:string;TimelineRegex:string;TimesketchCLICommand:string
        Server.Orgs.ListOrgs	server					AlsoDownloadClientConfigs:bool
        Server.Orgs.NewOrg	server					OrgName:string;InitialArtifacts:artifactset
        Server.Powershell.EncodedCommand	server_event
        Server.Slack.Clients.Online	server_event					LabelGroup:string;SlackToken:string
        Server.Utils.AddTimeline	server					NotebookId:string;Timeline:string;ChildName:string;Query:string;Key:string;MessageColumn:string;RemoveLimit:bool;Env:json
        Server.Utils.AddUser	server					UserName:string;ResetPassword:bool;Role:choices
        Server.Utils.ArtifactVerifier	server					SearchGlob:string;ErrorIsFatal:bool
        Server.Utils.BackupDirectory	server_event			SERVER_ADMIN		ArtifactNameRegex:regex;BackupDirectoryPath:string;RemoveDownloads:bool
        Server.Utils.BackupGCS	server_event					ArtifactNameRegex:regex;Bucket:string;Project:string;GCSKey:string;RemoveDownloads:bool
        Server.Utils.BackupS3	server_event					ArtifactNameRegex:regex;Bucket:string;Endpoint:string;Region:string;CredentialsKey:string;CredentialsSecret:string;CredentialsToken:string;Secret:string;RemoveDownloads:bool
        Server.Utils.CancelHunt	server					HuntId:string;Hunts:json_array
        Server.Utils.Clients	notebook					SearchTerm:string
        Server.Utils.CollectClient	server					ArtifactName:string;Client:string;Parameters:json
        Server.Utils.CreateCollector	server					OS:choices;artifacts:json_array;encryption_scheme:string;encryption_args:json;parameters:json;target:choices;target_args:json;opt_verbose:bool;opt_banner:bool;opt_prompt:bool;opt_admin:bool;opt_tempdir:string;opt_level:int;opt_concurrency:int;opt_format:string;opt_output_directory:string;opt_filename_template:string;opt_collector_filename:string;opt_cpu_limit:int;opt_progress_timeout:int;opt_timeout:int;opt_version:string;opt_delete_at_exit:bool;StandardCollection:hidden;S3Collection:hidden;GCSCollection:hidden;AzureSASURL:hidden;SMBCollection:hidden;SFTPCollection:hidden;WebDAVCollection:hidden;CommonCollections:hidden;CloudCollection:hidden;FetchBinaryOverride:hidden
        Server.Utils.CreateLinuxPackages	server					CustomConfig:yaml;ServiceName:string;Release:string;Maintainer:string;MaintainerEmail:string;Homepage:string;Vendor:string
        Server.Utils.CreateMSI	server					CustomConfig:yaml;AlsoBuild_x86:bool
        Server.Utils.DeadDiskClient	server					ImagePath:string;Hostname:string;WritebackFile:string
        Server.Utils.DeleteClient	server					ClientIdList:string;ReallyDoIt:bool
        Server.Utils.DeleteEvents	server			MACHINE_STATE		Artifact:string;ClientId:string;StartTime:timestamp;EndTime:timestamp;ReallyDoIt:bool
        Server.Utils.DeleteFavoriteFlow	client					Name:string;Type:choices
        Server.Utils.DeleteFlow	server			MACHINE_STATE		FlowId:string;FlowIds:json_array;ClientId:string;ReallyDoIt:bool;Sync:bool
        Server.Utils.DeleteManyFlows	server					ArtifactRegex:regex;HostnameRegex:regex;DateBefore:timestamp;CreatorRegex:regex;ReallyDoIt:bool
        Server.Utils.DeleteMonitoringData	server					DateBefore:timestamp;ArtifactRegex:regex;HostnameRegex:regex;OnlyRegisteredClients:bool;ReallyDoIt:bool
        Server.Utils.DeleteNotebook	server					NotebookId:string;ReallyDoIt:bool
        Server.Utils.ExportHunt	server					HuntId:string;OnlyCombined:bool;BaseName:string;Format:choices
        Server.Utils.ImportCollection	server					ClientId:string;Hostname:string;Path:string
        Server.Utils.KillClient	server					ClientIdList:string
        Server.Utils.ListUsers	server
        Server.Utils.Policy	server					ServerConfigFile:string;OutputFilePath:string;GUIAccessByIP:csv;LockDown:bool;DisableServerPlugins_Write:bool;DisableServerPlugins_Network:bool;ForceSecrets:bool;DisableInventoryServiceExternalAccess:bool
        Server.Utils.RemoveTimeline	server					NotebookId:string;Timeline:string;ChildName:string
        Server.Utils.SaveFavoriteFlow	server					Specs:json_array;Name:string;Description:string;Type:choices;AllUsers:bool
        Server.Utils.StartHuntExample	server
        Server.Utils.TimesketchUpload	server			EXECVE		NotebookId:string;SuperTimelineName:string;TimelineName:string;SketchName:string;TimesketchCLICommand:string
        Server.Utils.UploadTools	server		DownloaderScript			BasePath:string
        Splunk.Flows.Upload	server_event					ArtifactNameRegex:regex;url:string;token:string;index:string;SkipVerify:bool;RootCerts:string;HostnameField:string;TimestampField:string
        System.Flow.Archive	client_event
        System.Flow.Completion	client_event
        System.Hunt.Archive	client_event
        System.Hunt.Creation	server_event
        System.Upload.Completion	client_event
        System.VFS.DownloadFile	client					Path:string;Components:json_array;Accessor:string;Recursively:bool;UPLOAD_IS_RESUMABLE:bool
        System.VFS.Export	server					Path:string;Components:json_array;ClientId:string;FileGlob:string
        System.VFS.ListDirectory	client		Listing,Stats			Path:string;Components:json_array;Accessor:string;Depth:int
        Triage.Collection.Upload	client					path:string;type:string;accessor:string
        Triage.Collection.UploadTable	client					triageTable:csv
        Windows.ActiveDirectory.SharpHound	client	windows		EXECVE,FILESYSTEM_WRITE
        Windows.Analysis.EvidenceOfDownload	client	windows				DirectoryPathGlob:csv;ZoneIdRegex:string=ZoneId=[34]
        Windows.Applications.ChocolateyPackages	client	windows				ChocolateyInstall:string
        Windows.Applications.Chrome.Cookies	client	windows				cookieGlobs:string=\AppData\Local\Google\Chrome\User Data\*\Cookies;cookieSQLQuery:string;userRegex:regex=.
        Windows.Applications.Chrome.Extensions	client	windows				extensionGlobs:string;userRegex:regex=.
        Windows.Applications.Chrome.History	client	windows				historyGlobs:string;urlSQLQuery:string;userRegex:regex=.;URLRegex:regex=.
        Windows.Applications.Edge.Favicons	client	windows				faviconsGlob:string;faviconsQuery:string;userRegex:regex
        Windows.Applications.Edge.History	client	windows				historyGlobs:string=\AppData\Local\Microsoft\Edge\User Data\*\History;urlSQLQuery:string;userRegex:regex=.
        Windows.Applications.Firefox.Downloads	client	windows				placesGlobs:string=\AppData\Roaming\Mozilla\Firefox\Profiles\*\places.sqlite;urlSQLQuery:string;userRegex:regex=.;URLRegex:regex=.
        Windows.Applications.Firefox.History	client	windows				placesGlobs:string=\AppData\Roaming\Mozilla\Firefox\Profiles\*\places.sqlite;urlSQLQuery:string;userRegex:regex=.;URLRegex:regex=.
        Windows.Applications.IISLogs	client	windows				IISLogFiles:string=*:/inetpub/logs/**3/*.log;MoreRecentThan:timestamp;SearchRegex:regex= POST ;WhitelistRegex:regex
        Windows.Applications.MegaSync	client	windows	LogFiles			LogFiles:string;SearchRegex:regex;WhitelistRegex:regex;VSSAnalysisAge:int;UploadLogs:bool
        Windows.Applications.NirsoftBrowserViewer	client	windows				HistorySource:string;URLRegex:regex;DateAfter:timestamp;DateBefore:timestamp;AlsoUpload:bool;PARSE_TZ:string
        Windows.Applications.OfficeMacros	client	windows				officeExtensions:string;officeFileSearchGlob:string
        Windows.Applications.SBECmd	client	windows	Uploads			userRegex:regex;UploadFiles:bool;RemovePayload:bool
        Windows.Applications.TeamViewer.Incoming	client					FileGlob:string=C:\Program Files (x86)\TeamViewer\Connections_incoming.txt;DateAfter:timestamp;DateBefore:timestamp;TeamViewerIDRegex:regex=.;SourceHostRegex:regex=.;UserRegex:regex=.;VSSAnalysisAge:int=0
        Windows.Attack.ParentProcess	client	windows				lookupTable:csv
        Windows.Attack.Prefetch	client	windows
        Windows.Attack.UnexpectedImagePath	client	windows				expected_paths:csv
        Windows.Carving.CobaltStrike	client	windows				TargetBytes:string;TargetFileGlob:string;PidRegex:regex;ProcessRegex:regex;ExtractBytes:int;BruteXor:bool;IncludeDecodedData:bool;FindConfigTemplate:hidden;FindShellcode:hidden;FindSleepFunction:hidden
        Windows.Carving.USN	client	windows				Device:string=C:;MFTFile:string;USNFile:string;Accessor:string;FileNameRegex:regex=.;DateAfter:timestamp;DateBefore:timestamp
        Windows.Collectors.Remapping	server	windows	WriteRemapping,CollectionHostInfo,TestRegistryAccess,TestFileAccess			ZipPath:string;Accessor:hidden;Hostname:string;ZIP_PASSWORDS:string;Upload:bool;WriteRemappingPath:string;CommonRemapping:string
        Windows.Detection.Amcache	client					AMCacheGlob:string=%SYSTEMROOT%/appcompat/Programs/Amcache.hve;KeyPathGlob:hidden=/Root/{Inventory, File}*/**;SHA1Regex:regex=.;PathRegex:regex;NameRegex:regex;VersionRegex:regex
        Windows.Detection.BinaryHunter	client					TargetGlob:string=C:/Users/**/*;Accessor:string=auto;UnexpectedExtension:bool;ExcludeTrusted:bool;AuthenticodeRegex:regex=.;AuthenticodeWhitelistRegex:regex;PEInformationRegex:regex=.;PEInformationWhitelistRegex:regex;DateAfter:timestamp;DateBefore:timestamp;SizeMax:int64=4294967296;SizeMin:int64=0;MD5List:string;SHA1List:string;SHA256List:string;DISABLE_DANGEROUS_API_CALLS:bool;UploadFiles:bool
        Windows.Detection.BinaryRename	client					TargetGlob:string=/**/*.exe;VersionInfoTable:csv
        Windows.Detection.EnvironmentVariables	client	windows				ProcessNameRegex:regex=.;PidRegex:regex=.;EnvironmentVariableRegex:regex=COMSPEC|COR_PROFILER;FilterValueRegex:regex=.;WhitelistValueRegex:regex=^C:\\Windows\\.+cmd.exe$
        Windows.Detection.ForwardedImports	client					DLLGlob:string=C:\windows\**\*.dll;ExcludeRegex:regex=WinSXS|Servicing;LogPeriod:int=1
        Windows.Detection.Impersonation	client	windows
        Windows.Detection.Mutants	client		Handles,ObjectTree			processRegex:regex=.;MutantNameRegex:regex=.+;MutantWhitelistRegex:regex
        Windows.Detection.ProcessCreation	client_event	windows				ImageRegex:string;CommandLineRegex:string;ParentImageRegex:string;OriginalFileNameRegex:string;ParentUserRegex:string;UserRegex:string;HashesRegex:string;ParentCommandLineRegex:string;IntegrityLevelRegex:string;ProductRegex:string;CompanyRegex:string;DescriptionRegex:string;FileVersionRegex:string;SysmonFileLocation:string
        Windows.Detection.PsexecService	client_event	windows				yaraRule:yara
        Windows.Detection.PsexecService.Kill	client_event	windows				yaraRule:yara
        Windows.Detection.Registry	client_event	windows				Period:int=120;RegistryPath:string;RegistryData:regex=.;AlertName:string=T1112 - Suspicious registry key modification;DiffSense:string=added;CertificateInfo:bool=N;regex_IssuerName:string=.;UntrustedAuthenticode:bool=N;Calculate_hashes:bool=N;regex_sha256:string=.;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.Detection.Service.Upload	client_event	windows
        Windows.Detection.TemplateInjection	client	windows				SearchGlob:string;TemplateFileRegex:regex=\.xml\.rels$;TemplateTargetRegex:regex=^(https?|smb|\\\\|//|mhtml|script);UploadDocument:bool;RtfYara:yara
        Windows.Detection.Thumbdrives.List	client_event	windows				maxDriveSize:int
        Windows.Detection.Thumbdrives.OfficeKeywords	client_event	windows				officeExtensions:regex;yaraRule:yara
        Windows.Detection.Thumbdrives.OfficeMacros	client_event	windows				officeExtensions:regex
        Windows.Detection.Usn	client_event	windows				PathRegex:regex=\.pf$;Device:string=C:\\;USN_FREQUENCY:int=30;NTFS_CACHE_TIME:int=30
        Windows.Detection.WMIProcessCreation	client_event	windows
        Windows.Detection.Yara.Device	client	windows				DevicePath:string;StartOffest:int;ScanLength:int;YaraUrl:upload;YaraRule:yara;NumberOfHits:int;ContextBytes:int64
        Windows.Detection.Yara.NTFS	client	windows				FileNameRegex:string=^kernel32\.dll$;PathRegex:string=C:\\Windows\\System32\\;DriveLetter:string=C:;SizeMax:int;SizeMin:int;AllDrives:bool;UploadHits:bool;EarliestSILastChanged:timestamp;LatestSILastChanged:timestamp;EarliestFNCreation:timestamp;LatestFNCreation:timestamp;YaraUrl:upload;YaraRule:yara;NumberOfHits:int64=1;ContextBytes:int=0
        Windows.Detection.Yara.PhysicalMemory	client	windows				ServiceName:string;DriverPath:string;NumberOfHits:int64;ContextBytes:int;YaraUrl:upload;YaraRule:yara
        Windows.Detection.Yara.Process	client	windows				ProcessRegex:regex=.;PidRegex:regex=.;UploadHits:bool;YaraUrl:upload;YaraRule:yara;NumberOfHits:int=1;ContextBytes:int64=0;ExePathWhitelist:regex
        Windows.Detection.Yara.UEFI	client	windows				ImagePath:string;SectorSize:int;TargetGlob:string;SizeMax:int64;SizeMin:int64;UploadHits:bool;DateAfter:timestamp;DateBefore:timestamp;YaraUrl:upload;YaraRule:yara;NumberOfHits:int;ContextBytes:int
        Windows.Detection.YaraX.Glob	client	windows				PathGlob:string;SizeMax:int64;SizeMin:int64;UploadHits:bool;DateAfter:timestamp;DateBefore:timestamp;YaraUrl:upload;YaraRule:yara;NumberOfHits:int;ContextBytes:int
        Windows.ETW.DNS	client_event	windows				ImageRegex:regex;CommandLineRegex:regex;QueryRegex:regex;AnswerRegex:regex;CommandLineExclusion:regex
        Windows.ETW.DNSQueriesServer	client_event	windows				QueryNameRegex:regex;SourceIPRegex:regex
        Windows.ETW.DotNetRundown	client	windows				ProcessRegex:regex;PidRegex:regex;EventIDRegex:regex;AnyKeyword:int;Timeout:int
        Windows.ETW.ETWSessions	client_event	windows
        Windows.ETW.EdgeURLs	client_event	windows				URLFilter:regex
        Windows.ETW.KernelFile	client_event	windows			Windows.ETW.FileCreation	ProcessRegex:regex;IgnoreProcessRegex:regex;Events:multichoice
        Windows.ETW.KernelNetwork	client_event	windows				ProcessRegex:regex;IgnoreProcessRegex:regex;DaddrRegex:regex;SaddrRegex:regex;DportRegex:regex;SportRegex:regex;Events:multichoice
        Windows.ETW.KernelProcess	client_event	windows				ProcessRegex:regex;IgnoreProcessRegex:regex;Events:multichoice
        Windows.ETW.Registry	client_event	windows				KeyNameRegex:regex;ProcessRegex:regex
        Windows.ETW.ViewSessions	client	windows		EXECVE		SessionRegex:regex=Velociraptor;KillMatching:bool
        Windows.ETW.WMIProcessCreate	client_event	windows
        Windows.EventLogs.AlternateLogon	client	windows				securityLogFile:string=C:/Windows/System32/Winevt/Logs/Security.evtx
        Windows.EventLogs.Cleared	client					TargetGlob:string=C:\Windows\System32\Winevt\Logs\{System,Security}.evtx;DateAfter:timestamp;DateBefore:timestamp;VSSAnalysisAge:int=0
        Windows.EventLogs.DHCP	client		RejectedDHCP,AssignedDHCP			eventDirGlob:string=C:\Windows\system32\winevt\logs\;adminLog:string=Microsoft-Windows-Dhcp-Client%4Admin.evtx;operationalLog:string=Microsoft-Windows-Dhcp-Client%4Operational.evtx;accessor:string=file
        Windows.EventLogs.Evtx	client	windows				EvtxGlob:string=%SystemRoot%\System32\winevt\Logs\*.evtx;VSSAnalysisAge:int=0;StartDate:timestamp;EndDate:timestamp;PathRegex:regex=.;ChannelRegex:regex=.;IDRegex:regex=.
        Windows.EventLogs.EvtxHunter	client	windows				EvtxGlob:string=%SystemRoot%\System32\Winevt\Logs\*.evtx;IocRegex:regex;WhitelistRegex:regex;PathRegex:regex=.;ChannelRegex:string=.;ProviderRegex:regex=.;IdRegex:regex=.;VSSAnalysisAge:int=0;DateAfter:timestamp;DateBefore:timestamp;MessageDB:hidden
        Windows.EventLogs.ExplicitLogon	client	windows				EvtxGlob:string=%SystemRoot%\System32\Winevt\Logs\Security.evtx;UsernameRegex:regex=.;UsernameWhitelist:regex=\\$$;ServerRegex:regex=.;ServerWhitelist:regex=localhost;ProcessNameRegex:string=.;ProcessNameWhitelist:regex;VSSAnalysisAge:int=0;DateAfter:timestamp;DateBefore:timestamp
        Windows.EventLogs.Kerberoasting	client					EvtxGlob:string=%SystemRoot%\System32\winevt\logs\Security.evtx;VSSAnalysisAge:int=0
        Windows.EventLogs.Modifications	client	windows	Channels,Providers			ProviderRegex:regex=.;DateAfter:timestamp;DateBefore:timestamp
        Windows.EventLogs.PowershellModule	client					EventLog:string;DateAfter:timestamp;DateBefore:timestamp;ContextRegex:regex;PayloadRegex:regex;VSSAnalysisAge:int=0
        Windows.EventLogs.PowershellScriptblock	client					EvtxGlob:string;DateAfter:timestamp;DateBefore:timestamp;SearchStrings:regex;StringWhitelist:regex;PathWhitelist:regex;LogLevel:choices=Warning;LogLevelMap:hidden;VSSAnalysisAge:int=0
        Windows.EventLogs.RDPAuth	client	windows				Security:string=%SystemRoot%\System32\Winevt\Logs\Security.evtx;System:string=%SystemRoot%\System32\Winevt\Logs\System.evtx;LocalSessionManager:string;RemoteConnectionManager:string;DateAfter:timestamp;DateBefore:timestamp;SourceIPRegex:regex=.+;UserNameRegex:regex=.+;UserNameWhitelist:regex=\$$;VSSAnalysisAge:int=0
        Windows.EventLogs.ScheduledTasks	client	windows				Security:string=%SystemRoot%\System32\Winevt\Logs\Security.evtx;TaskScheduler:string;DateAfter:timestamp;DateBefore:timestamp;TaskSchedulerEventRegex:regex=.;SecurityEventRegex:regex=^(4698|4699|4700|4701|4702)$;TaskNameRegex:regex=.;TaskNameWhitelist:regex;TaskActionRegex:regex=.;TaskActionWhitelist:regex;UserNameRegex:regex=.;IocRegex:regex=.;VSSAnalysisAge:int=0
        Windows.EventLogs.ServiceCreationComspec	client		ServiceCreation			EventLog:string=C:\Windows\system32\winevt\logs\System.evtx;ComspecRegex:regex=(COMSPEC|cmd.exe|ADMIN\$);VSSAnalysisAge:int=0
        Windows.EventLogs.Symantec	client					SymantecEventLog:string;RegexEventIds:regex=^51$;TargetRegex:regex;IgnoreRegex:regex;DateAfter:timestamp;DateBefore:timestamp
        Windows.EventLogs.Telerik	client	windows				EvtxGlob:string;IocRegex:regex;WhitelistRegex:regex;VSSAnalysisAge:int;DateAfter:timestamp;DateBefore:timestamp
        Windows.Events.EventLogModifications	client_event	windows				Period:int
        Windows.Events.FailedLogBeforeSuccess	client_event	windows				securityLogFile:string;failureCount:string;failedLogonTimeWindow:string
        Windows.Events.Kerberoasting	client_event	windows	Kerberoasting			eventLog:string
        Windows.Events.Mutants	client_event	windows				processRegex:regex;Period:int;MutantNameRegex:regex;AlertName:string;DiffSense:string;enrich:bool
        Windows.Events.ProcessCreation	client_event	windows
        Windows.Events.ServiceCreation	client_event	windows				systemLogFile:string
        Windows.Events.TrackProcesses	client_event	windows				AlsoForwardUpdates:bool;MaxSize:int64;SysmonFileLocation:string;AddEnrichments:bool;PROCESS_TRACKER_CACHE:string
        Windows.Events.TrackProcessesBasic	client_event	windows				MaxSize:int64;PollPeriod:int64
        Windows.Events.TrackProcessesETW	client_event	windows				MaxSize:int64;PollPeriod:int64;AlsoForwardUpdates:bool
        Windows.Events.Trackaccount	client_event	windows				eventLog:string;UserRegex:regex;LogonTypeRegex:json_array
        Windows.Forensics.Amcache	client	windows	File,Programs,Generic,InventoryDriverBinary,InventoryApplication,InventoryDeviceContainer,InventoryDriverPackage,InventoryApplicationFile,InventoryDevicePnp,InventoryApplicationShortcut			amCacheGlob:string=%SYSTEMROOT%/appcompat/Programs/Amcache.hve;NTFS_CACHE_SIZE:int=1000;File:bool=Y;Programs:bool=Y;Generic:bool=Y;InventoryDriverBinary:bool=N;InventoryApplication:bool=Y;InventoryDeviceContainer:bool=N;InventoryDriverPackage:bool=N;InventoryApplicationFile:bool=Y;InventoryDevicePnp:bool=N;InventoryApplicationShortcut:bool=Y
        Windows.Forensics.Bam	client	windows				bamKeys:csv;userRegex:regex=.
        Windows.Forensics.BulkExtractor	client	windows	FindResults,Upload	EXECVE		Target:string;TargetAllPhysical:bool;TargetVSS:bool;CarveEvtx:bool;FindRegex:string;FreeCommand:string
        Windows.Forensics.CertUtil	client					MinSize:int;URLWhitelist:csv;MetadataGlobUser:string;MetadataGlobSystem:string;AlsoUpload:bool;VSSAnalysisAge:int=0;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.Forensics.FilenameSearch	client					yaraRule:yara;Device:string=C:
        Windows.Forensics.JumpLists	client					Globs:string
        Windows.Forensics.Lnk	client					TargetGlob:string;IocRegex:regex;IgnoreRegex:regex;UploadLnk:bool;UploadTarget:bool;SuspiciousOnly:bool;SusSize:int=20000;SusArgSize:int=250;SusArgRegex:regex;SusHostnameRegex:regex=^(Win-|Desktop-|Commando$);VmPrefixMAC:regex;RiskyExe:regex
        Windows.Forensics.LocalHashes.Usn	client_event	windows				PathRegex:regex;Device:string;HashDb:string;SuppressOutput:bool;UsnCheckPeriod:int
        Windows.Forensics.NotepadParser	client		TabState,WindowState			WindowStateGlob:string;TabStateGlob:string
        Windows.Forensics.PartitionTable	client					ImagePath:string=\\?\GLOBALROOT\Device\Harddisk0\DR0;Accessor:string=raw_file;SectorSize:int=512;MagicRegex:regex=.;NameRegex:regex=.
        Windows.Forensics.Prefetch	client					prefetchGlobs:string=C:\Windows\Prefetch\*.pf;dateAfter:timestamp;dateBefore:timestamp;binaryRegex:regex;hashRegex:regex;IncludeFilesAccessed:bool
        Windows.Forensics.Pst	client	windows				PSTGlob:string;Accessor:string;SenderRegex:regex;ReceiverRegex:regex;SubjectRegex:regex;MessageRegex:regex;PathRegex:regex;AttachmentYaraRule:string;UploadAttachments:bool
        Windows.Forensics.RDPCache	client		TargetFiles,Parsed			RDPCacheGlob:string;Accessor:string;UserRegex:regex=.;DateAfter:timestamp;DateBefore:timestamp;ParseCache:bool;Workers:int=100;UploadRDPCache:bool
        Windows.Forensics.RecentApps	client	windows				UserFilter:regex;ExecutionTimeAfter:timestamp;RecentAppsKey:string;UserHomes:string=C:\Users\*\NTUSER.DAT
        Windows.Forensics.RecycleBin	client	windows				RecycleBinGlobs:string=C:\$Recycle.Bin\**\$I*;AlsoUpload:bool
        Windows.Forensics.SAM	client	windows	Parsed,CreateTimes			SAMPath:string=C:/Windows/System32/Config/SAM
        Windows.Forensics.SAM.Enriched	client	windows	Users,GroupMembers,Aliases,Groups,MachineSID,AccountPolicy	MACHINE_STATE		SAMPath:string=C:/Windows/System32/Config/SAM
        Windows.Forensics.SRUM	client		Upload,Execution Stats,Application Resource Usage,Network Connections,Network Usage,SruDbIdMapTable			SRUMLocation:string=c:/windows/system32/sru/srudb.dat;accessor:string=auto;ExecutableRegex:string=.;UserRegex:regex=.;TimeAfter:timestamp=1600-01-01;TimeBefore:timestamp=2200-01-01;Tables:multichoice;NetworkConnectionsGUID:hidden={DD6636C4-8929-4683-974E-22C046A43763};ApplicationResourceUsageGUID:hidden={D10CA2FE-6FCF-4F6D-848E-B2E99266FA89};ExecutionGUID:hidden={5C8CF1C7-7257-4F13-B223-970EF5939312};NetworkUsageGUID:hidden={973F5D5C-1D90-4944-BE8E-24B94231A174};Upload:bool
        Windows.Forensics.Shellbags	client					SearchSpecs:csv
        Windows.Forensics.SolarwindsSunburst	client	windows				yaraMFT:yara;SizeMax:int64;SizeMin:int64
        Windows.Forensics.Timeline	client	windows				UserFilter:regex;ExecutionTimeAfter:timestamp;Win10TimelineGlob:string
        Windows.Forensics.UEFI	client	windows				ImagePath:string;SectorSize:int;TargetGlob:string;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.Forensics.UserAccessLogs	client		SystemIdentity,Chained Databases,RoleIds,Clients,VIRTUALMACHINES,DNS,Uploads			SUMGlob:glob=C:/Windows/System32/LogFiles/Sum/*;AlsoUpload:bool
        Windows.Forensics.Usn	client	windows				Device:string=C:\;MFTFile:string;USNFile:string;Accessor:string;AllDrives:bool;FileNameRegex:string=.;PathRegex:regex=.;MFT_ID_Regex:regex=.;Parent_MFT_ID_Regex:regex=.;DateAfter:timestamp;DateBefore:timestamp;FastPaths:bool
        Windows.KapeFiles.Extract	server					OutputDirectory:string;ContainerPath:string
        Windows.KapeFiles.Remapping	client	windows				ClientId:string;FlowId:string
        Windows.Memory.Acquisition	client	windows				ServiceName:string;DriverPath:string=C:\Windows\Temp\winpmem.sys;Compression:choices=None
        Windows.Memory.Intezer	client	windows		EXECVE		ApiKey:string
        Windows.Memory.PEDump	client					Pid:int;BaseOffset:int;FilenameRegex:string=.+exe$
        Windows.Memory.ProcessDump	client	windows				ProcessRegex:regex=notepad;PidRegex:regex=.;VelociraptorCompatible:bool
        Windows.Memory.ProcessInfo	client					ProcessNameRegex:regex=.;PidRegex:regex=.;ImagePathRegex:regex=.;CommandLineRegex:regex=.
        Windows.NTFS.ADSHunter	client					TargetGlob:string=C:\{*,**\*};AdsNameGlob:string=*;AdsNameExclusion:regex;AdsContentRegex:regex=.;AdsContentExclusion:regex;MinSize:int;MaxSize:int;UploadDataStream:bool
        Windows.NTFS.ExtendedAttributes	client					MFTDrive:string=C:;HostPathRegex:regex=.;DateAfter:timestamp;DateBefore:timestamp;AllDrives:bool;EANameRegex:regex=.;EANameExclusion:regex;EAContentRegex:regex=.;SizeMax:int64=100000;SizeMin:int64=0;UploadHits:bool
        Windows.NTFS.I30	client	windows	UploadI30Streams,AnalyzeI30			DirectoryGlobs:string=C:\Users\*;SlackOnly:bool;AlsoUpload:bool
        Windows.NTFS.MFT	client					MFTDrive:string=C:;MFTPath:string;Accessor:string=ntfs;AllNtfs:bool;PathRegex:regex=.;FileRegex:regex=.;DateAfter:timestamp;DateBefore:timestamp;SizeMax:int64;SizeMin:int64;AllDrives:bool;NTFS_INCLUDE_SHORT_NAMES:bool
        Windows.NTFS.Recover	client	windows	Upload			MFTId:string=81978;Drive:string=\\.\C:
        Windows.Network.ArpCache	client	windows				wmiQuery:string;wmiNamespace:string=ROOT\StandardCimv2;kMapOfState:string
        Windows.Network.ListeningPorts	client	windows
        Windows.Network.Netstat	client	windows
        Windows.Network.NetstatEnriched	client	windows	Netstat	EXECVE		IPRegex:regex=.;PortRegex:regex=.;Family:choices=ALL;FamilyMap:hidden;Type:choices=ALL;TypeMap:hidden;Status:choices=ALL;StatusMap:hidden;ProcessNameRegex:regex=^(malware\.exe|.*)$;ProcessPathRegex:regex=.;CommandLineRegex:regex=.;HashRegex:regex=.;UsernameRegex:regex=.;AuthenticodeSubjectRegex:regex=.;AuthenticodeIssuerRegex:regex=.;AuthenticodeVerified:choices=ALL;AuthenticodeVerifiedMap:hidden;DumpProcess:bool;KillProcess:bool;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.Network.PacketCapture	client	windows				StartTrace:bool=Y;TraceFile:string
        Windows.OSQuery.Generic	client	windows		EXECVE		Query:string=SELECT * FROM osquery_info
        Windows.Packs.LateralMovement	client	windows	AlternateLogon,WMIC,ShimCache,BAM,AmCache
        Windows.Packs.Persistence	client	windows	WMI Event Filters,Startup Items,Debug Bootstraping
        Windows.Persistence.Debug	client					imageFileExecutionOptions:string
        Windows.Persistence.PermanentWMIEvents	client	windows				AllRootNamespaces:bool;Namespaces:csv
        Windows.Persistence.PowershellProfile	client	windows				UserProfileGlob:string;PSHomeProfileGlob:string;SearchStrings:regex=.;StringWhiteList:regex
        Windows.Persistence.PowershellRegistry	client	windows				yaraRule:yara;userRegex:regex=.
        Windows.Persistence.Wow64cpu	client	windows				TargetRegKey:string
        Windows.Registry.AppCompatCache	client	windows				AppCompatCacheKey:string
        Windows.Registry.BackupRestore	client	windows				KeyGlob:string
        Windows.Registry.EnableUnsafeClientMailRules	client	windows				KeyGlob:string;userRegex:regex
        Windows.Registry.EnabledMacro	client	windows				KeyGlob:string;userRegex:regex
        Windows.Registry.MountPoints2	client	windows				KeyGlob:string;MountPointFilterRegex:regex=\$
        Windows.Registry.NTUser	client	windows				KeyGlob:string;userRegex:regex=.
        Windows.Registry.NTUser.Upload	client	windows				userRegex:regex
        Windows.Registry.PortProxy	client	windows	PortProxy			KeyGlob:string
        Windows.Registry.PuttyHostKeys	client	windows				KeyGlob:string;TargetUser:string;TargetKeyName:string;TargetKeyValue:string
        Windows.Registry.RDP	client	windows	Servers,Mru			KeyGlob:string;UserRegex:regex=.;SidRegex:regex=.
        Windows.Registry.RecentDocs	client					KeyGlob:hidden;HiveGlob:string;DateAfter:timestamp;DateBefore:timestamp;EntryRegex:string=.;UserRegex:string=.;SidRegex:string=.;Profile:hidden
        Windows.Registry.Sysinternals.Eulacheck	client	windows	RegistryAPI,RawRegistry			Sysinternals_Reg_Key:string=HKEY_USERS\*\Software\Sysinternals\*;userRegex:regex=.
        Windows.Registry.UserAssist	client	windows				UserFilter:regex;ExecutionTimeAfter:timestamp;UserAssistKey:string
        Windows.Registry.WDigest	client	windows				WDigestGlob:string;ShowAllValues:bool
        Windows.Remediation.Quarantine	client	windows		EXECVE,NETWORK		PolicyName:string=VelociraptorQuarantine;RuleLookupTable:csv;MessageBox:string;RemovePolicy:bool;VelociraptorURL:string
        Windows.Remediation.QuarantineMonitor	client_event	windows		EXECVE		PolicyName:string;RuleLookupTable:csv;MessageBox:string;ReloadPeriod:int
        Windows.Remediation.ScheduledTasks	client	windows		EXECVE		script:string;TasksPath:string=c:/Windows/System32/Tasks/**;ArgumentRegex:regex=ThisIsAUniqueName;CommandRegEx:regex=ThisIsAUniqueName;PowerShellExe:string=C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe;ReallyDoIt:bool=N
        Windows.Remediation.Sinkhole	client	windows		EXECVE		HostsFile:string=C:\Windows\System32\drivers\etc\hosts;HostsFileBackup:string=C:\Windows\System32\drivers\etc\hosts.velociraptor.backup;CommentPrefix:string=Velociraptor sinkhole;RestoreBackup:bool;SinkholeTable:csv
        Windows.Search.FileFinder	client	windows				Glob:string;SearchFilesGlobTable:csv;Accessor:choices=auto;YaraRule:yara;Upload_File:bool=N;Calculate_Hash:bool=N;MoreRecentThan:timestamp;ModifiedBefore:timestamp;VSS_MAX_AGE_DAYS:int;UPLOAD_IS_RESUMABLE:bool=N
        Windows.Search.SMBFileFinder	client					ServerName:string=127.0.0.1:445;Username:redacted=Guest;Password:redacted=password;SearchFilesGlob:string=C$\Users\*;SearchFilesGlobTable:csv;YaraRule:yara;Upload_File:bool=N;Calculate_Hash:bool=N;MoreRecentThan:timestamp;ModifiedBefore:timestamp
        Windows.Search.VSS	client	windows				SearchFilesGlob:string=C:\Windows\System32\winevt\Logs\Security.evtx;VSS_MAX_AGE_DAYS:int
        Windows.Search.WSLFileFinder	client	windows				VHDXGlob:string;SearchFilesGlob:string;SearchFilesGlobTable:csv;YaraRule:yara;Upload_File:bool;Calculate_Hash:bool;MoreRecentThan:timestamp;ModifiedBefore:timestamp;ExcludePathRegex:regex;DoNotFollowSymlinks:bool
        Windows.Search.Yara	client	windows				nameRegex:regex=(exe|txt|dll|php)$;AlsoUpload:bool;yaraRule:yara;NTFS_CACHE_TIME:int=1000000
        Windows.Sigma.EventLogs	client	windows		EXECVE,FILESYSTEM_WRITE		EventLogDirectory:string;InlineSigmaRules:string;SigmaRuleFile:upload;Debug:bool
        Windows.Sys.AllUsers	client	windows				remoteRegKey:string;SAMPath:string=C:/Windows/System32/Config/SAM
        Windows.Sys.AppcompatShims	client	windows				shimKeys:string;customKeys:string
        Windows.Sys.CertificateAuthorities	client	windows
        Windows.Sys.DiskInfo	client	windows
        Windows.Sys.Drivers	client	windows	SignedDrivers,RunningDrivers			AlsoCheckAuthenticode:bool=Y;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.Sys.FirewallRules	client	windows				regKey:string
        Windows.Sys.Interfaces	client	windows
        Windows.Sys.PhysicalMemoryRanges	client	windows				physicalMemoryKey:string
        Windows.Sys.Programs	client	windows				programKeys:string
        Windows.Sys.StartupItems	client	windows				AlsoUpload:bool;runKeyGlobs:csv;startupApprovedGlobs:csv;startupFolderDirectories:csv
        Windows.Sys.Users	client	windows				remoteRegKey:string
        Windows.Sysinternals.Autoruns	client	windows				All:bool=Y;Boot execute:bool;Codecs:bool;Appinit DLLs:bool;Explorer addons:bool;Sidebar gadgets (Vista and higher):bool;Image hijacks:bool;Internet Explorer addons:bool;Known DLLs:bool;Logon startups (this is the default):bool;WMI entries:bool;Winsock protocol and network providers:bool;Office addins:bool;Printer monitor DLLs:bool;LSA security providers:bool;Autostart services and non-disabled drivers:bool;Scheduled tasks:bool;Winlogon entries:bool;Verify digital signatures:bool=Y;ToolInfo:hidden
        Windows.Sysinternals.SysmonInstall	client	windows		EXECVE		SysmonFileLocation:string=C:/Windows/sysmon64.exe
        Windows.Sysinternals.SysmonLogForward	client_event	windows				SysmonFileLocation:string
        Windows.System.AuditPolicy	client	windows
        Windows.System.CatFiles	client	windows				CatGlobs:string=C:\Windows\System32\CatRoot\*\*.cat;SignerExcludeRegex:regex=Microsoft;SignerFilterRegex:regex=.
        Windows.System.CmdShell	client	windows		EXECVE		Command:string=dir C:\;Timeout:int=3500;Stateful:bool=Y;CommandId:string=0
        Windows.System.CriticalServices	client	windows				lookupTable:csv
        Windows.System.DLLs	client					ProcessRegex:regex=.;PidRegex:regex=.;ExePathRegex:regex=.;CommandLineRegex:regex=.;DllRegex:regex=.;Calculate_Hash:bool=N;CertificateInfo:bool=N;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.System.DNSCache	client	windows				kMapOfRecordType:hidden;kMapOfStatus:hidden;kMapOfSection:hidden
        Windows.System.DomainRole	client	windows				HostNameRegex:string=.;DomainRegex:string=.;RoleRegex:string=.
        Windows.System.Handles	client					processRegex:regex=.;Files:bool=Y;Key:bool;IncludeAccessMasks:bool
        Windows.System.HostsFile	client	windows				HostsFile:string=C:\Windows\System32\drivers\etc\hosts;HostnameRegex:regex=.;ResolutionRegex:regex=.
        Windows.System.LocalAdmins	client	windows		EXECVE		PowerShellExe:string=C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe
        Windows.System.PowerShell	client	windows		EXECVE		Command:string=dir C:/;PowerShellExe:string=C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe;Timeout:int=3500;Stateful:bool=Y;CommandId:string=0
        Windows.System.Powershell.ModuleAnalysisCache	client					GlobLookup:string;ModulePathRegex:regex=.;ModulePathIgnoreRegex:regex;FunctionNameRegex:regex=.
        Windows.System.Powershell.PSReadline	client	windows	Upload			ConsoleHostHistory:string;SearchStrings:regex=.;StringWhiteList:regex;UserRegex:regex=.;UploadFiles:bool
        Windows.System.Pslist	client	windows				ProcessRegex:regex=.;PidRegex:regex=.;ExePathRegex:regex=.;CommandLineRegex:regex=.;UsernameRegex:regex=.;UntrustedAuthenticode:bool;UseTracker:bool;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.System.RootCAStore	client	windows				CertificateRootStoreGlobs:csv
        Windows.System.SVCHost	client	windows
        Windows.System.Services	client	windows				servicesKeyGlob:string=HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\;Calculate_hashes:bool=N;CertificateInfo:bool=N;NameRegex:regex=.;DisplayNameRegex:regex=.;PathNameRegex:regex=.;ServiceDllRegex:regex=.;FailureCommandRegex:regex=.;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.System.Shares	client	windows				NameRegex:regex=.;PathRegex:regex=.
        Windows.System.Signers	client	windows				ExecutableGlobs:string=C:/Windows/**/*.{dll,exe};ShowAllSigners:bool;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.System.TaskScheduler	client		Analysis			TasksPath:string=C:/Windows/System32/Tasks/**;AlsoUpload:bool;UploadCommands:bool;Username:regex=.*
        Windows.System.Threads	client					ProcessRegex:regex=.;PidRegex:regex=.
        Windows.System.UntrustedBinaries	client	windows				processNamesRegex:regex;DISABLE_DANGEROUS_API_CALLS:bool
        Windows.System.VAD	client					ProcessRegex:regex=.;PidRegex:regex=.;ProtectionChoice:choices=Any;ProtectionRegex:regex;MappingNameRegex:regex;UploadSection:bool;SuspiciousContent:yara;ContextBytes:int=0
        Windows.System.VBScript	client	windows		EXECVE		Script:string=Wscript.Echo "Hello world!"
        Windows.System.WMIQuery	client	windows		EXECVE		WMIQuery:string=SELECT * FROM Win32_Process;Namespace:string=root/cimv2
        Windows.Timeline.MFT	client	windows				MFTFilename:string=C:/$MFT;Accessor:string=ntfs;PathRegex:regex;NameRegex:regex=.;Inode:int64;DateAfter:timestamp;DateBefore:timestamp;SizeMax:int64;SizeMin:int64;EntryType:choices=Both;AllocatedType:choices=Both;TimeOutput:choices=STANDARD_INFORMATION
        Windows.Timeline.Prefetch	client	windows				prefetchGlobs:string=C:\Windows\Prefetch\*.pf;dateAfter:timestamp;dateBefore:timestamp;binaryRegex:regex;hashRegex:regex
        Windows.Timeline.Registry.RunMRU	client	windows				KeyGlob:hidden;dateAfter:timestamp;dateBefore:timestamp;targetUser:regex;regexValue:regex;groupResults:bool
        Windows.Triage.SDS	client	windows				Drive:string=C:
        """#
}
