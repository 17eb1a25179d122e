// SPDX-License-Identifier: Apache-2.0
// Made by make-symbol-table; do not edit.
// swift-format-ignore-file

extension SymbolTable {
    static let functionLines = #"""
        add_client_monitoring|artifact:s! parameters:z label:s|COLLECT_CLIENT|dlw
        add_server_monitoring|artifact:s! parameters:z|COLLECT_SERVER|dlw
        alert|name:s! dedup:i condition:a||dlw
        all|items:a! filter:l regex:s+||dlw
        amsi|string:s!||w
        any|items:a! filter:l regex:s+||dlw
        array|||dlw
        artifact_delete|name:s|ARTIFACT_WRITER SERVER_ARTIFACT_WRITER|dlw
        artifact_set|definition:s prefix:s tags:s+ repository:s|ARTIFACT_WRITER SERVER_ARTIFACT_WRITER|dlw
        artifact_set_metadata|name:s! hidden:b basic:b tags:s+|ARTIFACT_WRITER SERVER_ARTIFACT_WRITER|dlw
        atexit|query:a! env:d timeout:i||dlw
        atoi|string:a!||dlw
        authenticode|accessor:s filename:p! verbose:b|MACHINE_STATE|dlw
        background|query:q||lw
        base64decode|string:s!||dlw
        base64encode|string:s!||dlw
        base85decode|string:s!||dlw
        basename|path:a! sep:s path_type:s||dlw
        cache|func:z lambda:l name:s key:a period:i filename:s max_size:i|FILESYSTEM_WRITE|dlw
        cache_dns|name:s! ip:s!||lw
        cancel_flow|client_id:s! flow_id:s|COLLECT_SERVER COLLECT_CLIENT|dlw
        cidr_contains|ip:s! ranges:s!+||dlw
        client_create|first_seen_at:t last_seen_at:t labels:s+ os:s hostname:s client_id:s mac_addresses:s+|SERVER_ADMIN|dlw
        client_info|client_id:s!|READ_RESULTS|dlw
        client_metadata|client_id:s!|READ_RESULTS SERVER_ADMIN|dlw
        client_set_metadata|client_id:s! metadata:d modify:l|COLLECT_CLIENT SERVER_ADMIN|dlw
        collect_client|client_id:s! flow_id:s artifacts:s!+ env:d spec:d timeout:i ops_per_sec:f cpu_limit:f iops_limit:f max_rows:i max_bytes:i urgent:b org_id:s|COLLECT_CLIENT COLLECT_SERVER COLLECT_BASIC|dlw
        commandline_split|command:s! bash_style:b||dlw
        compress|path:s! output:s!|FILESYSTEM_WRITE FILESYSTEM_READ|dlw
        copy|filename:p! accessor:s dest:s! permissions:s dir_permissions:s append:b create_directories:b|FILESYSTEM_WRITE FILESYSTEM_READ|dlw
        count|items:a||dlw
        create_flow_download|client_id:s! flow_id:s! wait:b type:s template:s password:s format:s expand_sparse:b name:s|PREPARE_RESULTS|dlw
        create_hunt_download|hunt_id:s! only_combined:b wait:b format:s base:s password:s expand_sparse:b|PREPARE_RESULTS|dlw
        create_notebook_download|notebook_id:s! filename:s|PREPARE_RESULTS|dlw
        crypto_rc4|string:s! key:s!||dlw
        describe_address|rva:i! module:s!|FILESYSTEM_READ|w
        dict|||dlw
        dirname|path:a! sep:s path_type:s||dlw
        encode|string:a! type:s!||dlw
        entropy|string:s!||dlw
        enumerate|items:a||dlw
        environ|var:s!|MACHINE_STATE|dlw
        eval|func:l! args:a||dlw
        expand|path:s!|MACHINE_STATE|dlw
        favorites_delete|name:s! type:s!||dlw
        favorites_save|name:s! description:s specs:z! type:s!||dlw
        file_store|path:z!||dlw
        file_store_delete|path:z!|SERVER_ADMIN|dlw
        filter|list:a!+ regex:s condition:l||dlw
        format|format:s! args:a||dlw
        gcs_pubsub_publish|topic:s! project_id:s! msg:a! credentials:s! attributes:d!||dlw
        generate|name:s query:q delay:i with_file_buffer:b fan_out:i description:s||dlw
        geoip|ip:s! db:s!|FILESYSTEM_READ|dlw
        get|item:a member:s field:a default:a||dlw
        get_client_monitoring||READ_RESULTS|dlw
        get_flow|client_id:s! flow_id:s summary:b|COLLECT_CLIENT COLLECT_SERVER|dlw
        get_server_monitoring||READ_RESULTS|dlw
        getpid||MACHINE_STATE|dlw
        grok|grok:s! data:s! patterns:a all_captures:b||dlw
        gunzip|string:s! max_bytes:i||dlw
        hash|path:p! accessor:s hashselect:s+ max_size:i|FILESYSTEM_READ|dlw
        host|name:s! server:s type:s prefer_go:b tracker_only:b|MACHINE_STATE|dlw
        humanize|bytes:i ibytes:i time:t comma:i||dlw
        hunt|description:s tags:s+ artifacts:s!+ expires:z spec:a timeout:i ops_per_sec:f cpu_limit:f iops_limit:f max_rows:i max_bytes:i pause:b include_labels:s+ exclude_labels:s+ os:s org_id:s+|START_HUNT ORG_ADMIN|dlw
        hunt_add|client_id:s! hunt_id:s! flow_id:s relaunch:b|START_HUNT|dlw
        hunt_info|hunt_id:s|READ_RESULTS|dlw
        hunt_update|hunt_id:s! stop:b start:b description:s expires:t add_labels:s+ del_labels:s+|START_HUNT|dlw
        if|condition:a! then:z else:z||dlw
        import|artifact:s!||dlw
        import_collection|client_id:s hostname:s filename:s! accessor:s import_type:s|COLLECT_SERVER FILESYSTEM_READ|dlw
        info||MACHINE_STATE|l
        int|int:a||dlw
        inventory_add|tool:s! serve_locally:b url:s hash:s filename:s version:s file:p accessor:s|SERVER_ADMIN|dlw
        inventory_get|tool:s! version:s probe:b|SERVER_ADMIN|dlw
        ip|parse:s netaddr4_le:i netaddr4_be:i||dlw
        items|item:a||dlw
        join|array:s!+ sep:s||dlw
        js|js:s! key:s||dlw
        js_call|func:s! args:a key:s||dlw
        js_get|var:s! key:s||dlw
        js_set|var:s! value:a! key:s||dlw
        killkillkill|client_id:s!|MACHINE_STATE|dlw
        label|client_id:s! labels:s!+ op:s|LABEL_CLIENT|dlw
        lazy_dict|||lw
        len|list:a!||dlw
        link_to|type:s client_id:s flow_id:s upload:d tab:s text:s hunt_id:s notebook_id:s artifact:s parameters:d raw:b org:s||dlw
        log|message:s! dedup:i args:a level:s||dlw
        lookupSID|sid:s!|MACHINE_STATE|lw
        lowcase|string:s!||dlw
        lru|size:i||dlw
        lzxpress_decompress|data:s!||dlw
        magic|path:p! accessor:s type:s magic:s|FILESYSTEM_READ|dlw
        mail|to:s!+ from:s cc:s+ subject:s body:s! period:i server_port:i server:s auth_username:s auth_password:s skip_verify:b root_ca:s secret:s headers:d|NETWORK|dlw
        max|item:z!||dlw
        memoize|query:q! key:s! period:i name:s filename:s||dlw
        min|item:z!||dlw
        mock|plugin:s function:s artifact:a results:z!||dlw
        mock_check|plugin:s function:s expected_calls:i clear:b||dlw
        mock_clear|||dlw
        mock_replay|plugin:s function:s expected_calls:i clear:b||dlw
        notebook_create|name:s description:s collaborators:s+ public:b artifacts:s+ env:d|COLLECT_SERVER|dlw
        notebook_export|notebook_id:s! filename:s type:s|PREPARE_RESULTS|dlw
        notebook_get|notebook_id:s! verbose:b|READ_RESULTS|dlw
        notebook_update|notebook_id:s! description:s collaborators:s+ public:b attachment:s attachment_filename:s|COLLECT_SERVER|dlw
        notebook_update_cell|notebook_id:s! cell_id:s delete:b type:s input:s output:s|COLLECT_SERVER|dlw
        now|ns:b||dlw
        org|||dlw
        org_create|name:s! org_id:s|ORG_ADMIN|dlw
        org_delete|org:s! really_do_it:b|ORG_ADMIN|dlw
        parse_binary|filename:p! accessor:s profile:s struct:s! offset:i env:d|FILESYSTEM_READ|dlw
        parse_float|string:a!||dlw
        parse_json|data:s! schema:s+||dlw
        parse_json_array|data:s! schema:s+||dlw
        parse_ntfs|device:s filename:p mft_filename:p accessor:s inode:s mft:i mft_offset:i||dlw
        parse_pe|file:p! accessor:s base_offset:i|FILESYSTEM_READ|dlw
        parse_pkcs7|data:s!||dlw
        parse_string_with_regex|string:s! regex:s!+||dlw
        parse_x509|data:s!||dlw
        parse_xml|file:p! accessor:s|FILESYSTEM_READ|dlw
        parse_yaml|filename:p! accessor:s schema:s+|FILESYSTEM_READ|dlw
        passwd|user:s password:s!||dlw
        patch|item:a! patch:a merge:a||dlw
        path_join|components:a!+ sep:s path_type:s||dlw
        path_split|path:a! path_type:s||dlw
        pathspec|DelegateAccessor:s DelegatePath:s Delegate:z Path:a parse:s path_type:s accessor:s||dlw
        pe_dump|pid:i! base_offset:i! in_memory:i|MACHINE_STATE|dlw
        pipe|name:s query:q sep:s||dlw
        pk_decrypt|data:s! signing_key:s private_key:s scheme:s||dlw
        pk_encrypt|data:s! signing_key:s public_key:s scheme:s|SERVER_ADMIN|dlw
        plist|file:p! accessor:s|FILESYSTEM_READ|dlw
        process_tracker|sync_query:q sync_period:i update_query:q max_size:i max_expiry:i enrichments:s+ cache:s||dlw
        process_tracker_all|||dlw
        process_tracker_callchain|id:s! max_items:i||dlw
        process_tracker_children|id:s! max_items:i||dlw
        process_tracker_get|id:s! max_items:i||dlw
        process_tracker_tree|id:s data_callback:l max_items:i||dlw
        pskill|pid:i!|EXECVE|dlw
        rand|range:i||dlw
        rate|x:f! y:f!||dlw
        read_file|length:i offset:i filename:p! accessor:s|FILESYSTEM_READ|dlw
        reformat|artifact:s!||dlw
        reg_rm_key|path:s!|FILESYSTEM_WRITE|w
        reg_rm_value|path:s!|FILESYSTEM_WRITE|w
        reg_set_value|path:s! value:z! type:s! create:b|FILESYSTEM_WRITE|w
        regex_replace|source:s! replace:s replace_lambda:s re:s!||dlw
        regex_transform|source:s! map:d! key:s||dlw
        rekey|wait:i|EXECVE|dlw
        relpath|path:s! base:s! sep:s||dlw
        remap|config:s! copy:s+ clear:b||dlw
        repack|target:s version:s exe:p accessor:s binaries:s+ config:s! upload_name:s dest_filename:s|COLLECT_SERVER FILESYSTEM_WRITE|dlw
        rm|filename:s!|FILESYSTEM_WRITE|dlw
        rm_client_monitoring|artifact:s! label:s|COLLECT_CLIENT|dlw
        rm_server_monitoring|artifact:s!|COLLECT_SERVER|dlw
        rot13|string:s||dlw
        rsyslog|hostname:s! port:i protocol:s message:s! facility:i severity:i timestamp:t source_hostname:s app_name:s proc_id:s sd_id:s args:d root_ca:s|NETWORK|lw
        scope|||dlw
        secret_add|name:s! type:s! secret:d!|SERVER_ADMIN|lw
        secret_modify|name:s! type:s! delete:b add_users:s+ remove_users:s+ visible_to_all_orgs:b add_orgs:s+ remove_orgs:s+|SERVER_ADMIN|lw
        semver|version:s!||dlw
        send_event|artifact:s! client_id:s row:d!|SERVER_ADMIN PUBLISH|dlw
        serialize|item:a! format:s||dlw
        server_frontend_cert||MACHINE_STATE|dlw
        server_metadata|metadata:d|SERVER_ADMIN|dlw
        server_set_metadata|metadata:d||dlw
        set|item:a! field:s! value:a!||dlw
        set_client_monitoring|value:a!|COLLECT_CLIENT|dlw
        set_server_monitoring|value:a!|COLLECT_SERVER|dlw
        shell_session|argv:s!+ env:d cwd:s secret:s name:s|EXECVE|l
        shell_session_control|name:s stdin:s close_stdin:b kill:b|EXECVE|l
        sigma_log_sources|||dlw
        similarity|set1:d! set2:d!||dlw
        sleep|time:i ms:i||dlw
        slice|list:a! start:i! end:i!||dlw
        split|string:s! sep:s sep_string:s||dlw
        srum_lookup_id|file:p! accessor:s id:i!||dlw
        starl|code:s! key:s globals:a||dlw
        stat|filename:p! accessor:s|FILESYSTEM_READ|dlw
        str|str:a!||dlw
        strip|string:s! prefix:s suffix:s||dlw
        substr|str:s! start:i end:i||dlw
        sum|item:i!||dlw
        sysinfo||MACHINE_STATE|l
        tempdir|remove_last:b|FILESYSTEM_WRITE|dlw
        tempfile|data:s+ extension:s permissions:s remove_last:b|FILESYSTEM_WRITE|dlw
        template|template:s! expansion:d! html:b||lw
        timeline_add|timeline:s! name:s! query:q! key:s! message_column:s ts_desc_column:s notebook_id:s|READ_RESULTS|dlw
        timeline_delete|timeline:s! notebook_id:s name:s|NOTEBOOK_EDITOR|dlw
        timestamp|epoch:a cocoatime:i mactime:i winfiletime:i string:s format:s||dlw
        timestamp_format|time:a! format:s||dlw
        tlsh_hash|path:p! accessor:s|FILESYSTEM_READ|dlw
        to_dict|item:a||dlw
        token|pid:i!|MACHINE_STATE|w
        trace|||dlw
        typeof|||dlw
        unhex|string:s||dlw
        upcase|string:s!||dlw
        upload|file:p! name:p accessor:s mtime:a atime:a ctime:a btime:a|FILESYSTEM_READ|dlw
        upload_azure|file:p! name:s accessor:s sas_url:s!|FILESYSTEM_READ NETWORK|dlw
        upload_directory|file:p! name:p accessor:s output:s! mtime:a atime:a ctime:a btime:a|FILESYSTEM_WRITE|dlw
        upload_gcs|file:p! name:s accessor:s bucket:s! project:s! credentials:s|FILESYSTEM_READ|dlw
        upload_s3|file:p! name:s accessor:s bucket:s! region:s credentials_key:s credentials_secret:s credentials_token:s endpoint:s serverside_encryption:s kms_encryption_key:s s3upload_root:s skip_verify:b path_style:b secret:s|NETWORK FILESYSTEM_READ|dlw
        upload_sftp|file:p! name:s user:s! path:s accessor:s privatekey:s! endpoint:s! hostkey:s|FILESYSTEM_READ NETWORK|dlw
        upload_smb|file:p! name:p accessor:s username:s password:s server_address:s!|FILESYSTEM_READ NETWORK|dlw
        upload_webdav|file:p! name:s accessor:s url:s! basic_auth_user:s basic_auth_password:s noverifycert:b skip_verify:b user_agent:s|FILESYSTEM_READ NETWORK|dlw
        url|scheme:s host:s path:s fragment:s query:a parse:s||dlw
        user|user:s! org:s||dlw
        user_create|user:s! roles:s!+ password:s sub:s orgs:s+||dlw
        user_delete|user:s! orgs:s+ really_do_it:b||dlw
        user_grant|user:s! roles:s+ orgs:s+ policy:d||dlw
        user_message|user:s! message:d||l
        user_options|user:s! theme:s timezone:s lang:s org:s links:q default_password:s||dlw
        utf16|string:s!||dlw
        utf16_encode|string:s!||dlw
        uuid|||dlw
        verify|artifact:s! repository:s disable_override:b||lw
        version|function:s plugin:s||dlw
        whoami|||dlw
        winpmem|service:s image_path:s compression:s driver_path:s|MACHINE_STATE|w
        write_file|data:s! dest:s! permissions:s append:b create_directories:b|FILESYSTEM_WRITE FILESYSTEM_READ|lw
        xattr|filename:p! attribute:s+ accessor:s|FILESYSTEM_READ|d
        xor|string:s! key:s!||dlw
        yara_lint|rules:s! clean:b||dlw
        """#

    static let pluginLines = #"""
        Artifact|||
        adx_upload|query:q! threads:i cluster_url:s database:s table:s client_id:s client_secret:s tenant_id:s chunk_size:i wait_time:i max_memory_buffer:i secret:s|NETWORK|l
        artifact_definitions|names:s+ deps:b sanitize:b|READ_RESULTS|dlw
        audit||MACHINE_STATE|l
        backup|name:s!|SERVER_ADMIN|dlw
        backup_restore|name:s! prefix:s providers:s|SERVER_ADMIN|dlw
        batch|batch_size:i batch_func:s query:q! timeout:i||dlw
        carve_usn|device:p image_filename:p accessor:s mft_filename:p usn_filename:p|FILESYSTEM_READ|dlw
        cat|filename:p! accessor:s chunk:i timeout:i|FILESYSTEM_READ|lw
        certificates||MACHINE_STATE|w
        chain|async:b||dlw
        client_delete|client_id:s! really_do_it:b|DELETE_RESULTS|dlw
        clients|search:s client_id:s|READ_RESULTS|dlw
        clock|start:a period:i ms:i||dlw
        collect|artifacts:s!+ output:s report:s args:a password:s format:s artifact_definitions:a template:s level:i ops_per_sec:i cpu_limit:f iops_limit:f progress_timeout:f timeout:f metadata:q concurrency:i remapping:s|FILESYSTEM_WRITE|dlw
        column_filter|query:q! exclude:s+ include:s+||dlw
        combine|||dlw
        connections||MACHINE_STATE|l
        deb_create|target:s version:s release:s server:b exe:p accessor:s config:s show_spec:b directory_name:s extra_args:s+ package_spec:d|COLLECT_SERVER FILESYSTEM_WRITE SERVER_ADMIN|lw
        dedup|key:s! query:q! timeout:i size:i||lw
        delay|query:q! delay:i! buffer_size:i||dlw
        delete_events|artifact:s! client_id:s! start_time:t end_time:t really_do_it:b|DELETE_RESULTS|dlw
        delete_flow|flow_id:s! client_id:s! really_do_it:b sync:b|DELETE_RESULTS|dlw
        diff|query:q! key:s! period:i||dlw
        ebpf_events|||l
        efivariables|namespace:s name:s value:b|MACHINE_STATE|dlw
        elastic_upload|query:q! threads:i index:s type:s chunk_size:i addresses:s+ username:s password:s cloud_id:s api_key:s wait_time:i pipeline:s disable_ssl_security:b skip_verify:b root_ca:s max_memory_buffer:i action:s secret:s|NETWORK|dlw
        enumerate_flow|client_id:s! flow_id:s|READ_RESULTS|dlw
        environ|vars:s+||dlw
        etw_sessions|count:i|MACHINE_STATE|w
        execve|argv:s!+ sep:s length:i env:d cwd:s secret:s|EXECVE|dlw
        favorites_list|||lw
        fifo|query:q! max_age:i max_rows:i flush:b||dlw
        filesystems|||dlw
        flatten|query:q!||dlw
        flow_logs|flow_id:s! client_id:s!|READ_RESULTS|dlw
        flow_results|artifact:s source:s flow_id:s! client_id:s!|READ_RESULTS|dlw
        flows|client_id:s! flow_id:s summary:b|READ_RESULTS|dlw
        for|var:s! foreach:q! query:q||l
        foreach|row:z! query:q async:b workers:i column:s||dlw
        glob|globs:s!+ root:p accessor:s nosymlink:b recursion_callback:s one_filesystem:b|FILESYSTEM_READ|dlw
        gui_users|all_orgs:b||dlw
        handles|pid:i types:s+|MACHINE_STATE|w
        help|||lw
        http_client|url:s+ params:d headers:d method:s data:s chunk_size:i disable_ssl_security:b skip_verify:b tempfile_extension:s remove_last:b root_ca:s cookie_jar:d user_agent:s secret:s files:d+|NETWORK|dlw
        hunt_delete|hunt_id:s! really_do_it:b workers:i archive:b|SERVER_ADMIN|dlw
        hunt_flows|hunt_id:s! start_row:i limit:i basic_info:b|READ_RESULTS|dlw
        hunt_reindex|hunt_id:s||l
        hunt_results|artifact:s source:s hunt_id:s! brief:b orgs:s+|READ_RESULTS|dlw
        hunts|hunt_id:s summary:b|READ_RESULTS|dlw
        if|condition:a! then:q! else:q||dlw
        index|query:q! mapping:d default_analyzer:s output:s! workers:i purge:b batch:i silent:b|FILESYSTEM_WRITE|l
        index_search|path:s! search:s! fields:s+ sort:s+ start:i|FILESYSTEM_READ|l
        info||MACHINE_STATE|dlw
        interfaces||MACHINE_STATE|dlw
        inventory|||dlw
        items|item:a||dlw
        leveldb|file:p accessor:s|FILESYSTEM_READ|dlw
        logging|component:s+ prelog:b|SERVER_ADMIN|dlw
        logscale_upload|query:q! apibaseurl:s! ingest_token:s! threads:i http_timeout:i max_retries:i root_ca:s skip_verify:b batching_timeout_ms:i event_batch_size:i tag_fields:s+ stats_interval:i debug:b|NETWORK|dlw
        mail|to:s!+ from:s cc:s+ subject:s body:s! period:i server_port:i server:s auth_username:s auth_password:s skip_verify:b root_ca:s secret:s headers:d||dlw
        modules|pid:i!|MACHINE_STATE|w
        monitoring|client_id:s! artifact:s! source:s start_time:a end_time:a start_row:i|READ_RESULTS|dlw
        monitoring_logs|client_id:s! artifact:s! source:s start_time:a end_time:a|READ_RESULTS|dlw
        netcat|address:s! type:s send:s sep:s chunk_size:i retry:i|NETWORK|dlw
        netstat||MACHINE_STATE|dlw
        notebook_delete|notebook_id:s! really_do_it:b|SERVER_ADMIN|dlw
        notebooks|all:b|SERVER_ADMIN READ_RESULTS|lw
        olevba|file:p!+ accessor:s max_size:i|FILESYSTEM_READ|dlw
        orgs|||dlw
        panic||SERVER_ADMIN|dlw
        parallelize|client_id:s flow_id:s hunt_id:s artifact:s source:s start_time:i end_time:i notebook_id:s notebook_cell_id:s notebook_cell_table:i query:q! workers:i batch:i|READ_RESULTS|dlw
        parse_auditd|filename:p!+ accessor:s buffer_size:i||l
        parse_csv|filename:p!+ accessor:s auto_headers:b separator:s comment:s columns:s+|FILESYSTEM_READ|dlw
        parse_ese|file:p! accessor:s table:s!|FILESYSTEM_READ|dlw
        parse_ese_catalog|file:p! accessor:s|FILESYSTEM_READ|dlw
        parse_evtx|filename:p!+ accessor:s messagedb:s workers:i|FILESYSTEM_READ|dlw
        parse_journald|filename:p!+ accessor:s raw:b start_time:t end_time:t|FILESYSTEM_READ|dlw
        parse_json_array|data:s! schema:s+||dlw
        parse_jsonl|filename:p! accessor:s|FILESYSTEM_READ|dlw
        parse_lines|filename:p!+ accessor:s buffer_size:i|FILESYSTEM_READ|dlw
        parse_mft|filename:p! accessor:s prefix:p start:i|FILESYSTEM_READ|dlw
        parse_ntfs_i30|device:s filename:p mft_filename:p accessor:s inode:s mft:i mft_offset:i||dlw
        parse_ntfs_ranges|device:s filename:p mft_filename:p accessor:s inode:s mft:i mft_offset:i||dlw
        parse_pst|filename:p! accessor:s raw:b|FILESYSTEM_READ|lw
        parse_records_with_regex|file:p!+ regex:s!+ accessor:s buffer_size:i|FILESYSTEM_READ|dlw
        parse_recyclebin|filename:p!+ accessor:s|FILESYSTEM_READ|dlw
        parse_usn|device:p image_filename:p accessor:s mft_filename:p usn_filename:p start_offset:i fast_paths:b|FILESYSTEM_READ|dlw
        partitions|||dlw
        plist|file:p!+ accessor:s|FILESYSTEM_READ|dlw
        prefetch|filename:p!+ accessor:s|FILESYSTEM_READ|dlw
        proc_dump|pid:i!|MACHINE_STATE|w
        proc_yara|rules:s! pid:i! context:i key:s namespace:s vars:d number:i|MACHINE_STATE|dlw
        process_tracker_pslist|||dlw
        process_tracker_updates|||dlw
        profile|allocs:b block:b goroutine:b heap:b mutex:b profile:b trace:b debug:i logs:b queries:b metrics:b duration:i type:s|MACHINE_STATE|dlw
        profile_goroutines|verbose:b|MACHINE_STATE|dlw
        profile_memory||MACHINE_STATE|dlw
        pslist|pid:i|MACHINE_STATE|dlw
        query|query:a! env:d copy_env:s+ cpu_limit:f iops_limit:f timeout:f progress_timeout:f org_id:s runas:s inherit:b exit:l|IMPERSONATION|dlw
        range|start:i end:i! step:i||dlw
        read_crypto_file|filename:p! accessor:s|FILESYSTEM_READ|dlw
        read_file|chunk:i max_length:i filenames:p!+ accessor:s|FILESYSTEM_READ|dlw
        read_reg_key|globs:s+ accessor:s root:p||dlw
        rpm_create|target:s version:s release:s server:b exe:p accessor:s config:s show_spec:b directory_name:s extra_args:s+ package_spec:d|COLLECT_SERVER FILESYSTEM_WRITE SERVER_ADMIN|lw
        sample|query:q! n:i!||dlw
        scope|||dlw
        secrets|||lw
        sequence|query:q! max_age:i||dlw
        sigma|rules:s!+ log_sources:a! field_mapping:d debug:b rule_filter:l default_details:l|MACHINE_STATE EXECVE FILESYSTEM_READ FILESYSTEM_WRITE|dlw
        source|client_id:s flow_id:s hunt_id:s artifact:s source:s start_time:a end_time:a notebook_id:s notebook_cell_id:s notebook_cell_version:s notebook_cell_table:i start_row:i count:i orgs:s+|READ_RESULTS|dlw
        split_records|filenames:p!+ accessor:s regex:s columns:s+ first_row_is_headers:b count:i record_regex:s buffer_size:i|FILESYSTEM_READ|dlw
        splunk_upload|query:q! threads:i url:s token:s index:s source:s sourcetype:s chunk_size:i skip_verify:b root_ca:s wait_time:i hostname:s timestamp_field:s hostname_field:s secret:s max_retries:i retry_wait:i idle_conn_timeout:i|NETWORK|dlw
        sql|driver:s! connstring:s file:p accessor:s query:s! args:a|FILESYSTEM_READ NETWORK|dlw
        sqlite|file:p! accessor:s query:s! args:a||dlw
        stat|filename:p! accessor:s|FILESYSTEM_READ|dlw
        switch|||dlw
        threads|pid:i!|MACHINE_STATE|w
        timeline|timeline:s! components:s+ skip:s+ start:a notebook_id:s|READ_RESULTS|dlw
        timelines|notebook_id:s|READ_RESULTS|dlw
        unzip|filename:p! accessor:s filename_filter:s output_directory:s! type:s|FILESYSTEM_WRITE FILESYSTEM_READ|dlw
        upload_transactions|client_id:s! flow_id:s|READ_RESULTS|lw
        uploads|client_id:s flow_id:s hunt_id:s notebook_id:s|READ_RESULTS|dlw
        user_messages|clear:b user:s||l
        users|||w
        vad|pid:i!||dw
        vfs_ls|path:p components:s+ accessor:s depth:i|FILESYSTEM_READ|dlw
        watch_auditd|filename:p!+ accessor:s buffer_size:i||l
        watch_csv|filename:p!+ accessor:s auto_headers:b separator:s comment:s columns:s+|FILESYSTEM_READ|dlw
        watch_ebpf|events:s+ include_env:b policy:s regex_prefilter:s|MACHINE_STATE|l
        watch_etw|name:s guid:s! any:i all:i level:i stop:l timeout:i capture_state:b enable_map_info:b description:s kernel_tracer_type:s+ kernel_tracer_stacks:s+||w
        watch_evtx|filename:p!+ accessor:s messagedb:s workers:i|FILESYSTEM_READ|dlw
        watch_journald|filename:p!+ accessor:s raw:b|FILESYSTEM_READ|dlw
        watch_jsonl|filename:p!+ accessor:s buffer_size:i|FILESYSTEM_READ|dlw
        watch_monitoring|artifact:s!|READ_RESULTS|dlw
        watch_syslog|filename:p+ accessor:s buffer_size:i query:q|FILESYSTEM_READ|dlw
        watch_usn|device:s!||dlw
        winobj|path:s|MACHINE_STATE|w
        wmi|query:s! namespace:s|MACHINE_STATE|w
        wmi_events|query:s! namespace:s! wait:i!|MACHINE_STATE|w
        write_crypto_file|filename:p! query:q! max_wait:i max_rows:i max_size:i|FILESYSTEM_WRITE|dlw
        write_csv|filename:p! accessor:s query:q!|FILESYSTEM_WRITE|dlw
        write_jsonl|filename:p! accessor:s query:q! buffer_size:i max_time:i append:b|FILESYSTEM_WRITE|dlw
        yara|rules:s files:a!+ accessor:s context:i start:i end:i number:i blocksize:i key:s namespace:s vars:d force_buffers:b|FILESYSTEM_READ|dlw
        yarax|rules:s files:a!+ accessor:s context:i start:i end:i number:i blocksize:i key:s namespace:s vars:d dll_path:l! force_buffers:b|FILESYSTEM_READ EXECVE|lw
        """#

    static let accessorLines = #"""
        auto||FILESYSTEM_READ|dlw
        bzip2|||dlw
        collector|||dlw
        collector_sparse|||dlw
        data|||dlw
        ewf|||dlw
        ext4|||l
        fat|||dlw
        file||FILESYSTEM_READ|dlw
        file_links||FILESYSTEM_READ|w
        file_nocase||FILESYSTEM_READ|dlw
        fs||SERVER_ADMIN|dlw
        fs_sparse||SERVER_ADMIN|dlw
        gzip|||dlw
        lazy_ntfs|||w
        me|||dlw
        mft|||dlw
        mscfb|||dlw
        ntfs|||w
        ntfs_vss|||w
        offset|||dlw
        overlay|paths:p!+ accessor:s||lw
        pipe|||dlw
        process||MACHINE_STATE|dlw
        pst||FILESYSTEM_READ|lw
        ranged|||dlw
        raw_ext4|||dlw
        raw_file||FILESYSTEM_READ|dlw
        raw_ntfs|||dlw
        raw_reg|||dlw
        reg||FILESYSTEM_READ|w
        registry|||w
        s3|secret:s region:s credentials_key:s credentials_secret:s credentials_token:s endpoint:s skip_verify:b|NETWORK|dlw
        scope|||dlw
        smb|hosts:d!|NETWORK|dlw
        sparse|||dlw
        ssh|secret:s username:s password:s private_key:s hostname:s|NETWORK|dlw
        vfs||READ_RESULTS|dlw
        vhdx|||dlw
        vmdk|||dlw
        winpmem||MACHINE_STATE|w
        zip|||dlw
        zip_nocase|||dlw
        """#
}
