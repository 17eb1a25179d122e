// SPDX-License-Identifier: Apache-2.0

extension SymbolJudgement {
    static let harmlessFunctions = """
        all any array atoi base64decode base64encode base85decode basename cidr_contains client_info client_metadata
        commandline_split count crypto_rc4 dict dirname encode entropy enumerate eval filter format get
        get_client_monitoring get_flow get_server_monitoring grok gunzip humanize hunt_info if int ip items join lazy_dict
        len link_to log lowcase lru lzxpress_decompress max min notebook_get now parse_float parse_json parse_json_array
        parse_pkcs7 parse_string_with_regex parse_x509 patch path_join path_split pathspec rand rate reformat
        regex_replace regex_transform relpath rot13 semver serialize similarity sleep slice split str strip substr sum
        timestamp timestamp_format to_dict typeof unhex upcase url user utf16 utf16_encode uuid verify version whoami xor
        yara_lint
        """

    /// The server's machine, its network, and what it keeps secret.
    static let revealingFunctions = """
        amsi describe_address environ expand file_store getpid host info lookupSID org pk_decrypt pk_encrypt
        process_tracker_all process_tracker_callchain process_tracker_children process_tracker_get server_frontend_cert
        server_metadata sysinfo token
        """

    static let fileFunctions = """
        authenticode geoip hash magic parse_ntfs parse_pe parse_xml parse_yaml plist read_file srum_lookup_id stat
        tlsh_hash xattr
        """

    static let changingFunctions = """
        add_client_monitoring add_server_monitoring alert artifact_delete artifact_set artifact_set_metadata cache
        cache_dns cancel_flow client_create client_set_metadata collect_client compress copy create_flow_download
        create_hunt_download create_notebook_download favorites_delete favorites_save file_store_delete
        gcs_pubsub_publish hunt hunt_add hunt_update import_collection inventory_add inventory_get killkillkill label mail
        memoize notebook_create notebook_export notebook_update notebook_update_cell org_create org_delete passwd pe_dump
        process_tracker pskill reg_rm_key reg_rm_value reg_set_value rekey remap repack rm rm_client_monitoring
        rm_server_monitoring rsyslog secret_add secret_modify send_event server_set_metadata set_client_monitoring
        set_server_monitoring shell_session shell_session_control tempdir tempfile timeline_add timeline_delete upload
        upload_azure upload_directory upload_gcs upload_s3 upload_sftp upload_smb upload_webdav user_create user_delete
        user_grant user_message user_options winpmem write_file
        """

    /// Other languages, code that runs later or under other rules, and what alters objects that others share.
    static let opaqueFunctions = """
        atexit background generate import js js_call js_get js_set mock mock_check mock_clear mock_replay parse_binary
        pipe process_tracker_tree scope set sigma_log_sources starl template trace
        """
}
