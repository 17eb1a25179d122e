// SPDX-License-Identifier: Apache-2.0

extension BootBench {
    /// What a machine has, by its state:
    ///
    /// | file | what it means |
    /// |---|---|
    /// | `disk` | the file system that blkid finds; without it there is no signature |
    /// | `probe` | the code that blkid ends with in its place |
    /// | `signatures`, `parts` | what wipefs and lsblk find besides |
    /// | `program` | what a download brings |
    /// | `frontend`, `gui` | what the server's ports answer |
    static let stubs: [String: String] = [
        "getent": #"[ -e "$STATE/user" ]"#,
        "id": #"[ -e "$STATE/user" ]"#,
        "useradd": #"touch "$STATE/user""#,
        "groupadd": "", "chown": "", "systemctl": "", "sleep": "", "journalctl": "", "xfs_growfs": "",
        "mount": #"touch "$STATE/mounted""#,
        "mountpoint": #"[ -e "$STATE/mounted" ]"#,
        "lsblk": #"echo disk; [ ! -e "$STATE/parts" ] || cat "$STATE/parts""#,
        "wipefs": #"[ ! -e "$STATE/signatures" ] || cat "$STATE/signatures""#,
        "mkfs.xfs": #"echo xfs >"$STATE/disk""#,
        "blkid": #"""
        if [ -e "$STATE/probe" ]; then exit "$(cat "$STATE/probe")"; fi
        if [ ! -e "$STATE/disk" ]; then exit 2; fi
        case "$*" in
          *UUID*) echo 11111111-2222-3333-4444-555555555555 ;;
          *TYPE*) cat "$STATE/disk" ;;
        esac
        """#,
        "curl": #"""
        answer() { if [ -e "$STATE/$1" ]; then cat "$STATE/$1"; else printf "$2"; fi; }
        output=''
        while [ $# -gt 1 ]; do
          if [ "$1" = --output ]; then output="$2"; fi
          shift
        done
        case "$1" in
          https://127.0.0.1:8000/server.pem) answer frontend 200 ;;
          https://127.0.0.1:8889/) answer gui 307 ;;
          */latest/api/token) printf token ;;
          */meta-data/instance-id) printf i-0123456789abcdef0 ;;
          */meta-data/local-ipv4) printf 10.92.0.70 ;;
          */metadata/identity/*) printf '{"access_token": "a-token"}' ;;
          *vault*) cat >/dev/null; answer vault '{}' ;;
          *) [ -e "$STATE/program" ] || exit 22; cp "$STATE/program" "$output" ;;
        esac
        """#,
    ]
}
