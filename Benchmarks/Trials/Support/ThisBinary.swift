/// This binary, which is a `millrace` with an operator of its own when ``marker`` is set.
enum ThisBinary {
  /// The environment variable that makes this binary a `millrace`; workers inherit it.
  static let marker = "MILLRACE_TRIALS_SERVE"
  /// Its path, right however it was found.
  static let path = "/proc/self/exe"
  /// What it is started with to be a `millrace`.
  static let environment = [marker: "1"]
}
