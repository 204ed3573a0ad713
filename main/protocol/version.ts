/** Version of the native protocol. Raised when an old client could misread a frame; new optional fields and new event types do not raise it. */
export const protocolVersion = 1;
