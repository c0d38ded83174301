import Formats
import Foundation
import Runtime
import Topology
import Wire

extension PlannedRun {
  /// What the result depends on, as 16 hexadecimal digits: the source with its files as they are, the
  /// cut points, the operators' names and configurations, and whether results are kept at all. A run
  /// is resumed by a plan of the same fingerprint only. The code of operators is not in it.
  var fingerprint: String {
    var text = "1\n"
    switch topology.source {
    case .files(let source):
      text += "files \(source.partition) \(format)\n"
      for file in input?.files ?? [] {
        text +=
          "\(URL(fileURLWithPath: file.path).standardizedFileURL.path) \(file.size) \(file.modified) \(file.inode) \(file.device)\n"
      }
    case .range(let range):
      text += "range \(range.from) \(range.to) \(range.partition) \(range.payload)\n"
    }
    if case .discard = target { text += "discard\n" }
    for step in steps {
      let configuration = step.configuration.withUnsafeBytes { Digest.xxh3($0) }
      text += "\(step.operatorName) \(step.configuration.count) \(configuration)\n"
    }
    let digest = Array(text.utf8).withUnsafeBytes { Digest.xxh3($0) }
    let digits = String(digest, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension PlannedRun {
  /// What the ledger keeps of the plan, for people.
  var json: JSONObject {
    var object = JSONObject(event: "plan")
    object.set("stages", topology.stages.map(\.name))
    object.set("files", (input?.files ?? []).map(\.path))
    object.set("bytes", (input?.files ?? []).reduce(0) { $0 + $1.size })
    return object
  }
}
