/// Waits until something is so.
///
/// - Returns: whether it became so in time.
func eventually(
  within limit: Duration = .seconds(30), _ condition: () throws -> Bool
) async throws -> Bool {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if try condition() { return true }
    // The thread is for others meanwhile: other tests run on it.
    try await Task.sleep(for: .milliseconds(1))
  }
  return try condition()
}
