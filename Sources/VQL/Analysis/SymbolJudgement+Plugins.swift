// SPDX-License-Identifier: Apache-2.0

extension SymbolJudgement {
    static let harmlessPlugins = """
        artifact_definitions batch chain clients clock column_filter combine dedup delay diff enumerate_flow
        favorites_list fifo flatten flow_logs flow_results flows for foreach gui_users help hunt_flows hunt_results hunts
        if items monitoring monitoring_logs notebooks parallelize parse_json_array query range sample scope sequence source
        switch timeline timelines upload_transactions uploads watch_monitoring
        """

    /// The server's machine and network, and what it keeps secret: `orgs()` shows the secret of enrolment.
    static let revealingPlugins = """
        audit certificates connections ebpf_events efivariables environ etw_sessions filesystems handles http_client info
        interfaces inventory logging modules netstat orgs partitions proc_yara process_tracker_pslist process_tracker_updates
        profile profile_goroutines profile_memory pslist secrets threads users vad watch_auditd watch_ebpf watch_etw
        watch_usn winobj wmi wmi_events
        """

    static let filePlugins = """
        carve_usn cat glob index_search leveldb olevba parse_auditd parse_csv parse_ese parse_ese_catalog parse_evtx
        parse_journald parse_jsonl parse_lines parse_mft parse_ntfs_i30 parse_ntfs_ranges parse_pst
        parse_records_with_regex parse_recyclebin parse_usn plist prefetch read_crypto_file read_file read_reg_key
        split_records stat vfs_ls watch_csv watch_evtx watch_journald watch_jsonl watch_syslog yara
        """

    static let changingPlugins = """
        adx_upload backup backup_restore client_delete collect deb_create delete_events delete_flow elastic_upload execve
        hunt_delete hunt_reindex index logscale_upload mail netcat notebook_delete panic proc_dump rpm_create
        splunk_upload sql sqlite unzip user_messages write_crypto_file write_csv write_jsonl
        """

    static let opaquePlugins = """
        Artifact sigma yarax
        """
}
