import Foundation

/// A store that begins to fail in the middle of a run (`Faults/faults.c`).
struct StoreFault {
  /// The shared object.
  let library: String
  /// The error of all calls from then on: `ENOSPC` or `EIO`.
  let error: Int32
  /// The call on a segment file that is the first to fail.
  let call: Int
  /// The file that is made when it fails.
  let told: String

  /// A fault at a random moment, as likely soon as late.
  init(library: String, told: String, _ random: inout SplitMix64) {
    self.library = library
    self.told = told
    error = random.pick([ENOSPC, EIO])
    call = Int(exp(random.fraction() * log(1000)))
  }

  /// What the run needs in its environment.
  var environment: [String: String] {
    [
      "LD_PRELOAD": library, "MILLRACE_FAULT": "\(error == EIO ? "EIO" : "ENOSPC"):\(call)",
      "MILLRACE_FAULT_TOLD": told,
    ]
  }

  /// Whether a call has failed.
  var hasHappened: Bool { FileManager.default.fileExists(atPath: told) }

  /// Whether a message gives the reason as a person would look it up.
  func isTold(in message: String) -> Bool {
    message.range(of: String(cString: strerror(error)), options: .caseInsensitive) != nil
  }
}
