import Ledger
import PipelineCore

extension RunRecord {
  /// 2026-03-04 05:06:07.089 UTC.
  static let begin: Int64 = 1_772_600_767_089

  static func sample(
    _ topology: String = "delays-by-carrier", created: Int64 = begin
  ) -> RunRecord {
    RunRecord(
      run: RunID(rawValue: 0xFEDC_BA98_7654_3210), topology: topology,
      path: "/data/it's \"Größe\"/delays.yaml",
      overrides: ["source.partition=4MiB", "workers=3", ""],
      workers: 3, version: "0.2.0", created: created, fingerprint: "0123456789abcdef",
      durability: .machine, plan: #"{"files":[{"path":"a.csv","size":1}]}"#,
      specification: (0...255).map { UInt8($0) })
  }
}

extension SessionStart {
  static func sample(at: Int64 = RunRecord.begin) -> SessionStart {
    SessionStart(processID: 4711, host: "mill", at: at)
  }
}

extension LedgerEvent {
  static func sample(_ number: Int, kind: String = "joined") -> LedgerEvent {
    LedgerEvent(at: Int64(number), kind: kind, json: #"{"event":"\#(kind)","number":\#(number)}"#)
  }
}

/// A digest that belongs to a partition.
func digest(_ index: UInt32) -> UInt64 { (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15 }

/// Partitions with their digests.
func results(_ indexes: some Sequence<UInt32>) -> [(index: UInt32, digest: UInt64)] {
  indexes.map { (index: $0, digest: digest($0)) }
}
