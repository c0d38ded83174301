/// What the program does with a server.
enum Differential {
  /// Carries out the command.
  ///
  /// - Returns: whether nothing differs.
  static func carryOut(_ options: Options, _ connection: PostgreSQLConnection) throws -> Bool {
    switch options.command {
    case .compare:
      var campaign = Campaign(options, connection)
      return try campaign.run()
    case .verify(let files):
      return try FileVerification(connection, writes: options.writes).verify(files)
    }
  }
}
