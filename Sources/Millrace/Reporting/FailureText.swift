import Foundation
import PipelineCore

/// A run's failure as people read it, with the place in the source where there is one.
struct FailureText {
  /// Paths of the files of the source, by index.
  let files: [String]

  /// `data.csv:17: error: …`, or the message alone.
  func describe(_ failure: Failure) -> String {
    guard failure.file >= 0, Int(failure.file) < files.count else {
      return "error: \(failure.message)"
    }
    let path = files[Int(failure.file)]
    guard failure.offset >= 0 else {
      return failure.message.contains(path)
        ? "error: \(failure.message)" : "\(path): error: \(failure.message)"
    }
    let place = SourcePlace(path: path, offset: failure.offset)
    let field = failure.field > 0 ? ", field \(failure.field)" : ""
    return "\(place)\(field): error: \(failure.message)"
  }

  /// Puts a run's id where the roles, which do not know it, say `RUN`.
  static func named(_ text: String, run id: String) -> String {
    text.replacingOccurrences(of: "replay RUN", with: "replay \(id)")
      .replacingOccurrences(of: "resume RUN", with: "resume \(id)")
  }
}
