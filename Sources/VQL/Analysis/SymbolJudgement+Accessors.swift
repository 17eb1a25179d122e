// SPDX-License-Identifier: Apache-2.0

extension SymbolJudgement {
    /// The text that names the file is the file.
    static let harmlessAccessors = """
        data
        """

    static let revealingAccessors = """
        auto bzip2 collector collector_sparse ewf ext4 fat file file_links file_nocase fs fs_sparse gzip lazy_ntfs me mft
        mscfb ntfs ntfs_vss offset process pst ranged raw_ext4 raw_file raw_ntfs raw_reg reg registry s3 smb sparse ssh vfs
        vhdx vmdk winpmem zip zip_nocase
        """

    /// A variable of the query, what another query writes, or whatever was laid over each other.
    static let opaqueAccessors = """
        overlay pipe scope
        """
}
