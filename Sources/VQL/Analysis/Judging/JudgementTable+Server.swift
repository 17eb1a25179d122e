// SPDX-License-Identifier: Apache-2.0

extension JudgementTable {
    /// What looks at the machine that the server runs on, at its network, or at its secrets.
    static let serverLines = """
        @hash @stat @tlsh_hash|reads a file on the server
        @cat @read_file|reads a file on the server
        @parse_auditd @parse_binary @parse_csv @parse_jsonl @parse_lines @parse_pe|reads a file on the server
        @parse_records_with_regex @parse_xml @parse_yaml @plist @split_records|reads a file on the server
        carve_usn leveldb magic olevba parse_ese parse_ese_catalog parse_evtx|reads a file on the server
        parse_journald parse_mft parse_ntfs parse_ntfs_i30 parse_ntfs_ranges|reads a file on the server
        parse_pst parse_recyclebin parse_usn prefetch srum_lookup_id xattr yara|reads a file on the server
        authenticode describe_address geoip index_search read_crypto_file|reads a file on the server
        watch_auditd watch_csv watch_evtx watch_journald watch_jsonl watch_syslog watch_usn|reads a file on the server
        glob vfs_ls|lists files on the server
        read_reg_key|reads the registry of the server's machine
        environ expand|reads the server's environment variables, which may hold secrets
        file_store|shows where the server keeps a file
        pslist modules handles threads token vad getpid|shows processes of the server's machine
        proc_yara|reads the memory of a process on the server
        process_tracker_all process_tracker_callchain process_tracker_children|shows processes of the server's machine
        process_tracker_get process_tracker_pslist process_tracker_tree|shows processes of the server's machine
        process_tracker_updates|shows processes of the server's machine
        connections netstat interfaces|shows the network of the server's machine
        info sysinfo filesystems partitions efivariables certificates users|describes the server's machine
        lookupSID winobj wmi wmi_events etw_sessions ebpf_events amsi|asks the operating system of the server
        host|looks a name up from the server, which sends it to the network
        http_client|makes a web request from the server
        netcat|opens a network connection from the server
        logging|shows the server's own log
        profile profile_goroutines profile_memory|shows the inside of the server's process
        org orgs|shows the client configuration of organisations, with the secret that enrols clients
        secrets|lists the secrets that the server keeps
        server_frontend_cert|shows the server's certificate
        server_metadata|reads the server's metadata, which may hold secrets
        pk_decrypt pk_encrypt|can use the server's keys
        """

    static let serverAccessorLines = """
        auto file file_links file_nocase raw_file me|reads files on the server
        bzip2 collector collector_sparse ewf ext4 fat gzip lazy_ntfs mft mscfb|reads files on the server
        ntfs ntfs_vss offset overlay pst ranged raw_ext4 raw_ntfs raw_reg sparse|reads files on the server
        vhdx vmdk zip zip_nocase|reads files on the server
        fs fs_sparse vfs|reads the server's own store, with its users and configuration
        process winpmem|reads the memory of the server's machine
        reg registry|reads the registry of the server's machine
        s3 smb ssh|reads from another machine over the server's network
        """
}
