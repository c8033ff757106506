/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles. A function gets its
 * credentials by its environment, always; the package would look for them in ten more places, with
 * four more clients of AWS, which are a quarter of a bundle.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'
