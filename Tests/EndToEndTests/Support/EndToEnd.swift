import Testing

/// All tests that run the `millrace` command as a user does, one after the other: each starts
/// several processes.
@Suite("The millrace command", .serialized)
enum EndToEnd {}
