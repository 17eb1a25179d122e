// SPDX-License-Identifier: Apache-2.0
// Made by make-symbol-table; do not edit.
// swift-format-ignore-file

extension VQLSymbolTable {
    static let functionLines = #"""
        add_client_monitoring|artifact:s! parameters:z label:s|COLLECT_CLIENT|
        add_server_monitoring|artifact:s! parameters:z|COLLECT_SERVER|
        alert|name:s! dedup:i condition:a||
        all|items:a! filter:l regex:s+||
        amsi|string:s!||elsewhere
        any|items:a! filter:l regex:s+||
        array|||
        artifact_delete|name:s|ARTIFACT_WRITER SERVER_ARTIFACT_WRITER|
        artifact_set|definition:s prefix:s tags:s+ repository:s|ARTIFACT_WRITER SERVER_ARTIFACT_WRITER|
        artifact_set_metadata|name:s! hidden:b basic:b tags:s+|ARTIFACT_WRITER SERVER_ARTIFACT_WRITER|
        atexit|query:a! env:d timeout:i||
        atoi|string:a!||
        authenticode|accessor:s filename:p! verbose:b|MACHINE_STATE|
        background|query:q||
        base64decode|string:s!||
        base64encode|string:s!||
        base85decode|string:s!||
        basename|path:a! sep:s path_type:s||
        cache|func:z lambda:l name:s key:a period:i filename:s max_size:i|FILESYSTEM_WRITE|
        cache_dns|name:s! ip:s!||
        cancel_flow|client_id:s! flow_id:s|COLLECT_SERVER COLLECT_CLIENT|
        cidr_contains|ip:s! ranges:s!+||
        client_create|first_seen_at:t last_seen_at:t labels:s+ os:s hostname:s client_id:s mac_addresses:s+|SERVER_ADMIN|
        client_info|client_id:s!|READ_RESULTS|
        client_metadata|client_id:s!|READ_RESULTS SERVER_ADMIN|
        client_set_metadata|client_id:s! metadata:d modify:l|COLLECT_CLIENT SERVER_ADMIN|
        collect_client|client_id:s! flow_id:s artifacts:s!+ env:d spec:d timeout:i ops_per_sec:f cpu_limit:f iops_limit:f max_rows:i max_bytes:i urgent:b org_id:s|COLLECT_CLIENT COLLECT_SERVER COLLECT_BASIC|
        commandline_split|command:s! bash_style:b||
        compress|path:s! output:s!|FILESYSTEM_WRITE FILESYSTEM_READ|
        copy|filename:p! accessor:s dest:s! permissions:s dir_permissions:s append:b create_directories:b|FILESYSTEM_WRITE FILESYSTEM_READ|
        count|items:a||
        create_flow_download|client_id:s! flow_id:s! wait:b type:s template:s password:s format:s expand_sparse:b name:s|PREPARE_RESULTS|
        create_hunt_download|hunt_id:s! only_combined:b wait:b format:s base:s password:s expand_sparse:b|PREPARE_RESULTS|
        create_notebook_download|notebook_id:s! filename:s|PREPARE_RESULTS|
        crypto_rc4|string:s! key:s!||
        describe_address|rva:i! module:s!|FILESYSTEM_READ|elsewhere
        dict|||
        dirname|path:a! sep:s path_type:s||
        encode|string:a! type:s!||
        entropy|string:s!||
        enumerate|items:a||
        environ|var:s!|MACHINE_STATE|
        eval|func:l! args:a||
        expand|path:s!|MACHINE_STATE|
        favorites_delete|name:s! type:s!||
        favorites_save|name:s! description:s specs:z! type:s!||
        file_store|path:z!||
        file_store_delete|path:z!|SERVER_ADMIN|
        filter|list:a!+ regex:s condition:l||
        format|format:s! args:a||
        gcs_pubsub_publish|topic:s! project_id:s! msg:a! credentials:s! attributes:d!||
        generate|name:s query:q delay:i with_file_buffer:b fan_out:i description:s||
        geoip|ip:s! db:s!|FILESYSTEM_READ|
        get|item:a member:s field:a default:a||
        get_client_monitoring||READ_RESULTS|
        get_flow|client_id:s! flow_id:s summary:b|COLLECT_CLIENT COLLECT_SERVER|
        get_server_monitoring||READ_RESULTS|
        getpid||MACHINE_STATE|
        grok|grok:s! data:s! patterns:a all_captures:b||
        gunzip|string:s! max_bytes:i||
        hash|path:p! accessor:s hashselect:s+ max_size:i|FILESYSTEM_READ|
        host|name:s! server:s type:s prefer_go:b tracker_only:b|MACHINE_STATE|
        humanize|bytes:i ibytes:i time:t comma:i||
        hunt|description:s tags:s+ artifacts:s!+ expires:z spec:a timeout:i ops_per_sec:f cpu_limit:f iops_limit:f max_rows:i max_bytes:i pause:b include_labels:s+ exclude_labels:s+ os:s org_id:s+|START_HUNT ORG_ADMIN|
        hunt_add|client_id:s! hunt_id:s! flow_id:s relaunch:b|START_HUNT|
        hunt_info|hunt_id:s|READ_RESULTS|
        hunt_update|hunt_id:s! stop:b start:b description:s expires:t add_labels:s+ del_labels:s+|START_HUNT|
        if|condition:a! then:z else:z||
        import|artifact:s!||
        import_collection|client_id:s hostname:s filename:s! accessor:s import_type:s|COLLECT_SERVER FILESYSTEM_READ|
        info||MACHINE_STATE|
        int|int:a||
        inventory_add|tool:s! serve_locally:b url:s hash:s filename:s version:s file:p accessor:s|SERVER_ADMIN|
        inventory_get|tool:s! version:s probe:b|SERVER_ADMIN|
        ip|parse:s netaddr4_le:i netaddr4_be:i||
        items|item:a||
        join|array:s!+ sep:s||
        js|js:s! key:s||
        js_call|func:s! args:a key:s||
        js_get|var:s! key:s||
        js_set|var:s! value:a! key:s||
        killkillkill|client_id:s!|MACHINE_STATE|
        label|client_id:s! labels:s!+ op:s|LABEL_CLIENT|
        lazy_dict|||
        len|list:a!||
        link_to|type:s client_id:s flow_id:s upload:d tab:s text:s hunt_id:s notebook_id:s artifact:s parameters:d raw:b org:s||
        log|message:s! dedup:i args:a level:s||
        lookupSID|sid:s!|MACHINE_STATE|
        lowcase|string:s!||
        lru|size:i||
        lzxpress_decompress|data:s!||
        magic|path:p! accessor:s type:s magic:s|FILESYSTEM_READ|
        mail|to:s!+ from:s cc:s+ subject:s body:s! period:i server_port:i server:s auth_username:s auth_password:s skip_verify:b root_ca:s secret:s headers:d|NETWORK|
        max|item:z!||
        memoize|query:q! key:s! period:i name:s filename:s||
        min|item:z!||
        mock|plugin:s function:s artifact:a results:z!||
        mock_check|plugin:s function:s expected_calls:i clear:b||
        mock_clear|||
        mock_replay|plugin:s function:s expected_calls:i clear:b||
        notebook_create|name:s description:s collaborators:s+ public:b artifacts:s+ env:d|COLLECT_SERVER|
        notebook_export|notebook_id:s! filename:s type:s|PREPARE_RESULTS|
        notebook_get|notebook_id:s! verbose:b|READ_RESULTS|
        notebook_update|notebook_id:s! description:s collaborators:s+ public:b attachment:s attachment_filename:s|COLLECT_SERVER|
        notebook_update_cell|notebook_id:s! cell_id:s delete:b type:s input:s output:s|COLLECT_SERVER|
        now|ns:b||
        org|||
        org_create|name:s! org_id:s|ORG_ADMIN|
        org_delete|org:s! really_do_it:b|ORG_ADMIN|
        parse_binary|filename:p! accessor:s profile:s struct:s! offset:i env:d|FILESYSTEM_READ|
        parse_float|string:a!||
        parse_json|data:s! schema:s+||
        parse_json_array|data:s! schema:s+||
        parse_ntfs|device:s filename:p mft_filename:p accessor:s inode:s mft:i mft_offset:i||
        parse_pe|file:p! accessor:s base_offset:i|FILESYSTEM_READ|
        parse_pkcs7|data:s!||
        parse_string_with_regex|string:s! regex:s!+||
        parse_x509|data:s!||
        parse_xml|file:p! accessor:s|FILESYSTEM_READ|
        parse_yaml|filename:p! accessor:s schema:s+|FILESYSTEM_READ|
        passwd|user:s password:s!||
        patch|item:a! patch:a merge:a||
        path_join|components:a!+ sep:s path_type:s||
        path_split|path:a! path_type:s||
        pathspec|DelegateAccessor:s DelegatePath:s Delegate:z Path:a parse:s path_type:s accessor:s||
        pe_dump|pid:i! base_offset:i! in_memory:i|MACHINE_STATE|
        pipe|name:s query:q sep:s||
        pk_decrypt|data:s! signing_key:s private_key:s scheme:s||
        pk_encrypt|data:s! signing_key:s public_key:s scheme:s|SERVER_ADMIN|
        plist|file:p! accessor:s|FILESYSTEM_READ|
        process_tracker|sync_query:q sync_period:i update_query:q max_size:i max_expiry:i enrichments:s+ cache:s||
        process_tracker_all|||
        process_tracker_callchain|id:s! max_items:i||
        process_tracker_children|id:s! max_items:i||
        process_tracker_get|id:s! max_items:i||
        process_tracker_tree|id:s data_callback:l max_items:i||
        pskill|pid:i!|EXECVE|
        rand|range:i||
        rate|x:f! y:f!||
        read_file|length:i offset:i filename:p! accessor:s|FILESYSTEM_READ|
        reformat|artifact:s!||
        reg_rm_key|path:s!|FILESYSTEM_WRITE|elsewhere
        reg_rm_value|path:s!|FILESYSTEM_WRITE|elsewhere
        reg_set_value|path:s! value:z! type:s! create:b|FILESYSTEM_WRITE|elsewhere
        regex_replace|source:s! replace:s replace_lambda:s re:s!||
        regex_transform|source:s! map:d! key:s||
        rekey|wait:i|EXECVE|
        relpath|path:s! base:s! sep:s||
        remap|config:s! copy:s+ clear:b||
        repack|target:s version:s exe:p accessor:s binaries:s+ config:s! upload_name:s dest_filename:s|COLLECT_SERVER FILESYSTEM_WRITE|
        rm|filename:s!|FILESYSTEM_WRITE|
        rm_client_monitoring|artifact:s! label:s|COLLECT_CLIENT|
        rm_server_monitoring|artifact:s!|COLLECT_SERVER|
        rot13|string:s||
        rsyslog|hostname:s! port:i protocol:s message:s! facility:i severity:i timestamp:t source_hostname:s app_name:s proc_id:s sd_id:s args:d root_ca:s|NETWORK|
        scope|||
        secret_add|name:s! type:s! secret:d!|SERVER_ADMIN|
        secret_modify|name:s! type:s! delete:b add_users:s+ remove_users:s+ visible_to_all_orgs:b add_orgs:s+ remove_orgs:s+|SERVER_ADMIN|
        semver|version:s!||
        send_event|artifact:s! client_id:s row:d!|SERVER_ADMIN PUBLISH|
        serialize|item:a! format:s||
        server_frontend_cert||MACHINE_STATE|
        server_metadata|metadata:d|SERVER_ADMIN|
        server_set_metadata|metadata:d||
        set|item:a! field:s! value:a!||
        set_client_monitoring|value:a!|COLLECT_CLIENT|
        set_server_monitoring|value:a!|COLLECT_SERVER|
        shell_session|argv:s!+ env:d cwd:s secret:s name:s|EXECVE|
        shell_session_control|name:s stdin:s close_stdin:b kill:b|EXECVE|
        sigma_log_sources|||
        similarity|set1:d! set2:d!||
        sleep|time:i ms:i||
        slice|list:a! start:i! end:i!||
        split|string:s! sep:s sep_string:s||
        srum_lookup_id|file:p! accessor:s id:i!||
        starl|code:s! key:s globals:a||
        stat|filename:p! accessor:s|FILESYSTEM_READ|
        str|str:a!||
        strip|string:s! prefix:s suffix:s||
        substr|str:s! start:i end:i||
        sum|item:i!||
        sysinfo||MACHINE_STATE|
        tempdir|remove_last:b|FILESYSTEM_WRITE|
        tempfile|data:s+ extension:s permissions:s remove_last:b|FILESYSTEM_WRITE|
        template|template:s! expansion:d! html:b||
        timeline_add|timeline:s! name:s! query:q! key:s! message_column:s ts_desc_column:s notebook_id:s|READ_RESULTS|
        timeline_delete|timeline:s! notebook_id:s name:s|NOTEBOOK_EDITOR|
        timestamp|epoch:a cocoatime:i mactime:i winfiletime:i string:s format:s||
        timestamp_format|time:a! format:s||
        tlsh_hash|path:p! accessor:s|FILESYSTEM_READ|
        to_dict|item:a||
        token|pid:i!|MACHINE_STATE|elsewhere
        trace|||
        typeof|||
        unhex|string:s||
        upcase|string:s!||
        upload|file:p! name:p accessor:s mtime:a atime:a ctime:a btime:a|FILESYSTEM_READ|
        upload_azure|file:p! name:s accessor:s sas_url:s!|FILESYSTEM_READ NETWORK|
        upload_directory|file:p! name:p accessor:s output:s! mtime:a atime:a ctime:a btime:a|FILESYSTEM_WRITE|
        upload_gcs|file:p! name:s accessor:s bucket:s! project:s! credentials:s|FILESYSTEM_READ|
        upload_s3|file:p! name:s accessor:s bucket:s! region:s credentials_key:s credentials_secret:s credentials_token:s endpoint:s serverside_encryption:s kms_encryption_key:s s3upload_root:s skip_verify:b path_style:b secret:s|NETWORK FILESYSTEM_READ|
        upload_sftp|file:p! name:s user:s! path:s accessor:s privatekey:s! endpoint:s! hostkey:s|FILESYSTEM_READ NETWORK|
        upload_smb|file:p! name:p accessor:s username:s password:s server_address:s!|FILESYSTEM_READ NETWORK|
        upload_webdav|file:p! name:s accessor:s url:s! basic_auth_user:s basic_auth_password:s noverifycert:b skip_verify:b user_agent:s|FILESYSTEM_READ NETWORK|
        url|scheme:s host:s path:s fragment:s query:a parse:s||
        user|user:s! org:s||
        user_create|user:s! roles:s!+ password:s sub:s orgs:s+||
        user_delete|user:s! orgs:s+ really_do_it:b||
        user_grant|user:s! roles:s+ orgs:s+ policy:d||
        user_message|user:s! message:d||
        user_options|user:s! theme:s timezone:s lang:s org:s links:q default_password:s||
        utf16|string:s!||
        utf16_encode|string:s!||
        uuid|||
        verify|artifact:s! repository:s disable_override:b||
        version|function:s plugin:s||
        whoami|||
        winpmem|service:s image_path:s compression:s driver_path:s|MACHINE_STATE|elsewhere
        write_file|data:s! dest:s! permissions:s append:b create_directories:b|FILESYSTEM_WRITE FILESYSTEM_READ|
        xattr|filename:p! attribute:s+ accessor:s|FILESYSTEM_READ|elsewhere
        xor|string:s! key:s!||
        yara_lint|rules:s! clean:b||
        """#

    static let pluginLines = #"""
        Artifact|||
        adx_upload|query:q! threads:i cluster_url:s database:s table:s client_id:s client_secret:s tenant_id:s chunk_size:i wait_time:i max_memory_buffer:i secret:s|NETWORK|
        artifact_definitions|names:s+ deps:b sanitize:b|READ_RESULTS|
        audit||MACHINE_STATE|
        backup|name:s!|SERVER_ADMIN|
        backup_restore|name:s! prefix:s providers:s|SERVER_ADMIN|
        batch|batch_size:i batch_func:s query:q! timeout:i||
        carve_usn|device:p image_filename:p accessor:s mft_filename:p usn_filename:p|FILESYSTEM_READ|
        cat|filename:p! accessor:s chunk:i timeout:i|FILESYSTEM_READ|
        certificates||MACHINE_STATE|elsewhere
        chain|async:b||
        client_delete|client_id:s! really_do_it:b|DELETE_RESULTS|
        clients|search:s client_id:s|READ_RESULTS|
        clock|start:a period:i ms:i||
        collect|artifacts:s!+ output:s report:s args:a password:s format:s artifact_definitions:a template:s level:i ops_per_sec:i cpu_limit:f iops_limit:f progress_timeout:f timeout:f metadata:q concurrency:i remapping:s|FILESYSTEM_WRITE|
        column_filter|query:q! exclude:s+ include:s+||
        combine|||
        connections||MACHINE_STATE|
        deb_create|target:s version:s release:s server:b exe:p accessor:s config:s show_spec:b directory_name:s extra_args:s+ package_spec:d|COLLECT_SERVER FILESYSTEM_WRITE SERVER_ADMIN|
        dedup|key:s! query:q! timeout:i size:i||
        delay|query:q! delay:i! buffer_size:i||
        delete_events|artifact:s! client_id:s! start_time:t end_time:t really_do_it:b|DELETE_RESULTS|
        delete_flow|flow_id:s! client_id:s! really_do_it:b sync:b|DELETE_RESULTS|
        diff|query:q! key:s! period:i||
        ebpf_events|||
        efivariables|namespace:s name:s value:b|MACHINE_STATE|
        elastic_upload|query:q! threads:i index:s type:s chunk_size:i addresses:s+ username:s password:s cloud_id:s api_key:s wait_time:i pipeline:s disable_ssl_security:b skip_verify:b root_ca:s max_memory_buffer:i action:s secret:s|NETWORK|
        enumerate_flow|client_id:s! flow_id:s|READ_RESULTS|
        environ|vars:s+||
        etw_sessions|count:i|MACHINE_STATE|elsewhere
        execve|argv:s!+ sep:s length:i env:d cwd:s secret:s|EXECVE|
        favorites_list|||
        fifo|query:q! max_age:i max_rows:i flush:b||
        filesystems|||
        flatten|query:q!||
        flow_logs|flow_id:s! client_id:s!|READ_RESULTS|
        flow_results|artifact:s source:s flow_id:s! client_id:s!|READ_RESULTS|
        flows|client_id:s! flow_id:s summary:b|READ_RESULTS|
        for|var:s! foreach:q! query:q||
        foreach|row:z! query:q async:b workers:i column:s||
        glob|globs:s!+ root:p accessor:s nosymlink:b recursion_callback:s one_filesystem:b|FILESYSTEM_READ|
        gui_users|all_orgs:b||
        handles|pid:i types:s+|MACHINE_STATE|elsewhere
        help|||
        http_client|url:s+ params:d headers:d method:s data:s chunk_size:i disable_ssl_security:b skip_verify:b tempfile_extension:s remove_last:b root_ca:s cookie_jar:d user_agent:s secret:s files:d+|NETWORK|
        hunt_delete|hunt_id:s! really_do_it:b workers:i archive:b|SERVER_ADMIN|
        hunt_flows|hunt_id:s! start_row:i limit:i basic_info:b|READ_RESULTS|
        hunt_reindex|hunt_id:s||
        hunt_results|artifact:s source:s hunt_id:s! brief:b orgs:s+|READ_RESULTS|
        hunts|hunt_id:s summary:b|READ_RESULTS|
        if|condition:a! then:q! else:q||
        index|query:q! mapping:d default_analyzer:s output:s! workers:i purge:b batch:i silent:b|FILESYSTEM_WRITE|
        index_search|path:s! search:s! fields:s+ sort:s+ start:i|FILESYSTEM_READ|
        info||MACHINE_STATE|
        interfaces||MACHINE_STATE|
        inventory|||
        items|item:a||
        leveldb|file:p accessor:s|FILESYSTEM_READ|
        logging|component:s+ prelog:b|SERVER_ADMIN|
        logscale_upload|query:q! apibaseurl:s! ingest_token:s! threads:i http_timeout:i max_retries:i root_ca:s skip_verify:b batching_timeout_ms:i event_batch_size:i tag_fields:s+ stats_interval:i debug:b|NETWORK|
        mail|to:s!+ from:s cc:s+ subject:s body:s! period:i server_port:i server:s auth_username:s auth_password:s skip_verify:b root_ca:s secret:s headers:d||
        modules|pid:i!|MACHINE_STATE|elsewhere
        monitoring|client_id:s! artifact:s! source:s start_time:a end_time:a start_row:i|READ_RESULTS|
        monitoring_logs|client_id:s! artifact:s! source:s start_time:a end_time:a|READ_RESULTS|
        netcat|address:s! type:s send:s sep:s chunk_size:i retry:i|NETWORK|
        netstat||MACHINE_STATE|
        notebook_delete|notebook_id:s! really_do_it:b|SERVER_ADMIN|
        notebooks|all:b|SERVER_ADMIN READ_RESULTS|
        olevba|file:p!+ accessor:s max_size:i|FILESYSTEM_READ|
        orgs|||
        panic||SERVER_ADMIN|
        parallelize|client_id:s flow_id:s hunt_id:s artifact:s source:s start_time:i end_time:i notebook_id:s notebook_cell_id:s notebook_cell_table:i query:q! workers:i batch:i|READ_RESULTS|
        parse_auditd|filename:p!+ accessor:s buffer_size:i||
        parse_csv|filename:p!+ accessor:s auto_headers:b separator:s comment:s columns:s+|FILESYSTEM_READ|
        parse_ese|file:p! accessor:s table:s!|FILESYSTEM_READ|
        parse_ese_catalog|file:p! accessor:s|FILESYSTEM_READ|
        parse_evtx|filename:p!+ accessor:s messagedb:s workers:i|FILESYSTEM_READ|
        parse_journald|filename:p!+ accessor:s raw:b start_time:t end_time:t|FILESYSTEM_READ|
        parse_json_array|data:s! schema:s+||
        parse_jsonl|filename:p! accessor:s|FILESYSTEM_READ|
        parse_lines|filename:p!+ accessor:s buffer_size:i|FILESYSTEM_READ|
        parse_mft|filename:p! accessor:s prefix:p start:i|FILESYSTEM_READ|
        parse_ntfs_i30|device:s filename:p mft_filename:p accessor:s inode:s mft:i mft_offset:i||
        parse_ntfs_ranges|device:s filename:p mft_filename:p accessor:s inode:s mft:i mft_offset:i||
        parse_pst|filename:p! accessor:s raw:b|FILESYSTEM_READ|
        parse_records_with_regex|file:p!+ regex:s!+ accessor:s buffer_size:i|FILESYSTEM_READ|
        parse_recyclebin|filename:p!+ accessor:s|FILESYSTEM_READ|
        parse_usn|device:p image_filename:p accessor:s mft_filename:p usn_filename:p start_offset:i fast_paths:b|FILESYSTEM_READ|
        partitions|||
        plist|file:p!+ accessor:s|FILESYSTEM_READ|
        prefetch|filename:p!+ accessor:s|FILESYSTEM_READ|
        proc_dump|pid:i!|MACHINE_STATE|elsewhere
        proc_yara|rules:s! pid:i! context:i key:s namespace:s vars:d number:i|MACHINE_STATE|
        process_tracker_pslist|||
        process_tracker_updates|||
        profile|allocs:b block:b goroutine:b heap:b mutex:b profile:b trace:b debug:i logs:b queries:b metrics:b duration:i type:s|MACHINE_STATE|
        profile_goroutines|verbose:b|MACHINE_STATE|
        profile_memory||MACHINE_STATE|
        pslist|pid:i|MACHINE_STATE|
        query|query:a! env:d copy_env:s+ cpu_limit:f iops_limit:f timeout:f progress_timeout:f org_id:s runas:s inherit:b exit:l|IMPERSONATION|
        range|start:i end:i! step:i||
        read_crypto_file|filename:p! accessor:s|FILESYSTEM_READ|
        read_file|chunk:i max_length:i filenames:p!+ accessor:s|FILESYSTEM_READ|
        read_reg_key|globs:s+ accessor:s root:p||
        rpm_create|target:s version:s release:s server:b exe:p accessor:s config:s show_spec:b directory_name:s extra_args:s+ package_spec:d|COLLECT_SERVER FILESYSTEM_WRITE SERVER_ADMIN|
        sample|query:q! n:i!||
        scope|||
        secrets|||
        sequence|query:q! max_age:i||
        sigma|rules:s!+ log_sources:a! field_mapping:d debug:b rule_filter:l default_details:l|MACHINE_STATE EXECVE FILESYSTEM_READ FILESYSTEM_WRITE|
        source|client_id:s flow_id:s hunt_id:s artifact:s source:s start_time:a end_time:a notebook_id:s notebook_cell_id:s notebook_cell_version:s notebook_cell_table:i start_row:i count:i orgs:s+|READ_RESULTS|
        split_records|filenames:p!+ accessor:s regex:s columns:s+ first_row_is_headers:b count:i record_regex:s buffer_size:i|FILESYSTEM_READ|
        splunk_upload|query:q! threads:i url:s token:s index:s source:s sourcetype:s chunk_size:i skip_verify:b root_ca:s wait_time:i hostname:s timestamp_field:s hostname_field:s secret:s max_retries:i retry_wait:i idle_conn_timeout:i|NETWORK|
        sql|driver:s! connstring:s file:p accessor:s query:s! args:a|FILESYSTEM_READ NETWORK|
        sqlite|file:p! accessor:s query:s! args:a||
        stat|filename:p! accessor:s|FILESYSTEM_READ|
        switch|||
        threads|pid:i!|MACHINE_STATE|elsewhere
        timeline|timeline:s! components:s+ skip:s+ start:a notebook_id:s|READ_RESULTS|
        timelines|notebook_id:s|READ_RESULTS|
        unzip|filename:p! accessor:s filename_filter:s output_directory:s! type:s|FILESYSTEM_WRITE FILESYSTEM_READ|
        upload_transactions|client_id:s! flow_id:s|READ_RESULTS|
        uploads|client_id:s flow_id:s hunt_id:s notebook_id:s|READ_RESULTS|
        user_messages|clear:b user:s||
        users|||elsewhere
        vad|pid:i!||elsewhere
        vfs_ls|path:p components:s+ accessor:s depth:i|FILESYSTEM_READ|
        watch_auditd|filename:p!+ accessor:s buffer_size:i||
        watch_csv|filename:p!+ accessor:s auto_headers:b separator:s comment:s columns:s+|FILESYSTEM_READ|
        watch_ebpf|events:s+ include_env:b policy:s regex_prefilter:s|MACHINE_STATE|
        watch_etw|name:s guid:s! any:i all:i level:i stop:l timeout:i capture_state:b enable_map_info:b description:s kernel_tracer_type:s+ kernel_tracer_stacks:s+||elsewhere
        watch_evtx|filename:p!+ accessor:s messagedb:s workers:i|FILESYSTEM_READ|
        watch_journald|filename:p!+ accessor:s raw:b|FILESYSTEM_READ|
        watch_jsonl|filename:p!+ accessor:s buffer_size:i|FILESYSTEM_READ|
        watch_monitoring|artifact:s!|READ_RESULTS|
        watch_syslog|filename:p+ accessor:s buffer_size:i query:q|FILESYSTEM_READ|
        watch_usn|device:s!||
        winobj|path:s|MACHINE_STATE|elsewhere
        wmi|query:s! namespace:s|MACHINE_STATE|elsewhere
        wmi_events|query:s! namespace:s! wait:i!|MACHINE_STATE|elsewhere
        write_crypto_file|filename:p! query:q! max_wait:i max_rows:i max_size:i|FILESYSTEM_WRITE|
        write_csv|filename:p! accessor:s query:q!|FILESYSTEM_WRITE|
        write_jsonl|filename:p! accessor:s query:q! buffer_size:i max_time:i append:b|FILESYSTEM_WRITE|
        yara|rules:s files:a!+ accessor:s context:i start:i end:i number:i blocksize:i key:s namespace:s vars:d force_buffers:b|FILESYSTEM_READ|
        yarax|rules:s files:a!+ accessor:s context:i start:i end:i number:i blocksize:i key:s namespace:s vars:d dll_path:l! force_buffers:b|FILESYSTEM_READ EXECVE|
        """#

    static let accessorLines = #"""
        auto||FILESYSTEM_READ|
        bzip2|||
        collector|||
        collector_sparse|||
        data|||
        ewf|||
        ext4|||
        fat|||
        file||FILESYSTEM_READ|
        file_links||FILESYSTEM_READ|elsewhere
        file_nocase||FILESYSTEM_READ|
        fs||SERVER_ADMIN|
        fs_sparse||SERVER_ADMIN|
        gzip|||
        lazy_ntfs|||elsewhere
        me|||
        mft|||
        mscfb|||
        ntfs|||elsewhere
        ntfs_vss|||elsewhere
        offset|||
        overlay|paths:p!+ accessor:s||
        pipe|||
        process||MACHINE_STATE|
        pst||FILESYSTEM_READ|
        ranged|||
        raw_ext4|||
        raw_file||FILESYSTEM_READ|
        raw_ntfs|||
        raw_reg|||
        reg||FILESYSTEM_READ|elsewhere
        registry|||elsewhere
        s3|secret:s region:s credentials_key:s credentials_secret:s credentials_token:s endpoint:s skip_verify:b|NETWORK|
        scope|||
        smb|hosts:d!|NETWORK|
        sparse|||
        ssh|secret:s username:s password:s private_key:s hostname:s|NETWORK|
        vfs||READ_RESULTS|
        vhdx|||
        vmdk|||
        winpmem||MACHINE_STATE|elsewhere
        zip|||
        zip_nocase|||
        """#
}
