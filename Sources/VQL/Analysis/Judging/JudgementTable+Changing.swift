// SPDX-License-Identifier: Apache-2.0

extension JudgementTable {
    /// What leaves something behind: on the server, on endpoints, or elsewhere.
    static let changingLines = """
        execve shell_session shell_session_control|runs a command on the server
        pskill|stops a process on the server
        rekey|gives the client a new identity
        killkillkill|stops the Velociraptor program of an endpoint
        panic|crashes the server
        yarax|loads a library into the server
        winpmem|loads a driver on the server
        watch_ebpf watch_etw audit|installs tracing on the server's machine
        collect_client|starts a collection on an endpoint
        cancel_flow|cancels a collection
        upload_transactions|resumes a collection, so that the endpoint goes on with its uploads
        collect|runs artifacts on the server and can write what they give to a file
        add_client_monitoring rm_client_monitoring|changes what endpoints watch for
        set_client_monitoring|changes what endpoints watch for
        add_server_monitoring rm_server_monitoring set_server_monitoring|changes what the server watches for
        hunt|starts a hunt on many endpoints
        hunt_add|adds an endpoint to a hunt, which starts a collection there
        hunt_update|starts, stops or changes a hunt
        hunt_delete|deletes a hunt
        hunt_reindex|rebuilds the index of hunts
        label|changes labels of clients
        client_create|creates a client
        client_delete|deletes a client with all that was collected from it
        client_set_metadata|changes what is noted about a client
        delete_events delete_flow|deletes collected data
        artifact_set artifact_set_metadata|changes artifact definitions
        artifact_delete|deletes an artifact definition
        favorites_save favorites_delete|changes the favourites of the user
        notebook_create notebook_update notebook_update_cell|changes notebooks, whose cells run queries
        notebook_delete|deletes a notebook
        timeline_add timeline_delete|changes timelines of a notebook
        create_flow_download create_hunt_download|writes an export of results on the server
        create_notebook_download notebook_export|writes an export of a notebook on the server
        import_collection|imports a collection
        alert|raises an alert on the server
        send_event|sends an event, to which other artifacts can react
        user_create|creates a user
        user_delete|deletes a user
        user_grant|changes the rights of a user
        user_options passwd|changes the settings or the password of a user
        user_message|sends a message to a user
        org_create org_delete|creates or deletes an organisation
        secret_add secret_modify|changes the secrets that the server keeps
        server_set_metadata|changes the server's metadata
        inventory_add inventory_get|changes the server's tools or makes it download one
        backup backup_restore|writes or restores a backup of the server
        repack deb_create rpm_create|builds an installer on the server
        file_store_delete rm|deletes a file on the server
        copy compress unzip write_file write_csv write_jsonl write_crypto_file index|writes files on the server
        tempfile tempdir|makes a temporary file on the server
        pe_dump proc_dump|writes the memory of a process to a file on the server
        reg_rm_key reg_rm_value reg_set_value|changes the registry of the server's machine
        upload upload_directory|stores a copy of a file
        upload_azure upload_gcs upload_s3 upload_sftp upload_smb upload_webdav|sends a file to another machine
        adx_upload elastic_upload logscale_upload splunk_upload|sends rows to another machine
        gcs_pubsub_publish rsyslog|sends messages to another machine
        mail|sends mail
        sql|runs statements on a database, which can change it
        sqlite|opens a database for writing, and makes the file where there is none
        cache_dns|changes how the server finds a host by its name
        process_tracker|replaces the server's record of processes
        trace|stores a trace of the server's process
        """

    /// What cannot be looked into, or hands out what cannot be followed.
    static let opaqueLines = """
        function:scope|hands out every variable, so what is done with them cannot be followed
        plugin:Artifact|does not name the artifact it runs
        js js_call js_get js_set starl|runs code in another language, which is not looked into
        template|fills in a template in another language, which can call what it is given
        sigma sigma_log_sources|runs code that hides in its rules
        set|alters a value in place, which the server may share
        remap|changes what file names mean and runs code that hides in its configuration
        mock mock_check mock_clear mock_replay|replaces built-ins
        """

    static let opaqueAccessorLines = """
        pipe|runs the query of a pipe
        scope|reads a variable by its name
        """
}
