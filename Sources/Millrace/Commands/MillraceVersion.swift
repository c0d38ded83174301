/// What this build is called.
enum MillraceVersion {
  /// The release.
  static let text = "0.1.0"
}
