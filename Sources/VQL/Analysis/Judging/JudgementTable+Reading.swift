// SPDX-License-Identifier: Apache-2.0

extension JudgementTable {
    /// Neither look at anything but their arguments nor leave anything behind.
    ///
    /// Those that take code or a file name have rules in ``ArgumentEffect`` beside.
    static let pureNames = """
        all any array atexit atoi background base64decode base64encode base85decode basename batch cache chain
        cidr_contains clock column_filter combine commandline_split count crypto_rc4 dedup delay dict diff dirname
        encode entropy enumerate eval fifo filter flatten for foreach format generate get grok gunzip help humanize if
        int ip items join lazy_dict len link_to log lowcase lru lzxpress_decompress max memoize min now parse_float
        parse_json parse_json_array parse_pkcs7 parse_string_with_regex parse_x509 patch path_join path_split pathspec
        pipe query rand range rate reformat regex_replace regex_transform relpath rot13 sample plugin:scope semver
        sequence serialize similarity sleep slice split str strip substr sum switch timestamp timestamp_format
        to_dict typeof unhex upcase url utf16 utf16_encode uuid verify version xor yara_lint
        """

    /// What the role for reading results is for.
    static let readingNames = """
        artifact_definitions client_info client_metadata clients enumerate_flow favorites_list flow_logs flow_results
        flows get_client_monitoring get_flow get_server_monitoring gui_users hunt_flows hunt_info hunt_results hunts
        import inventory monitoring monitoring_logs notebook_get notebooks parallelize source timeline timelines
        uploads user user_messages watch_monitoring whoami
        """

    static let readingAccessorLines = """
        data|reads the text it is given
        """
}
