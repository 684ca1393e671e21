<?php
/*
 * A must-use plugin: what differs from a site on the open net.
 *
 * WordPress asks no address of its own machine, and no port but the usual ones, for an oEmbed answer
 * (wp_http_validate_url). Here the story stands at such an address, so both are allowed; nothing else is changed.
 */
add_filter( 'http_request_host_is_external', fn( $external, $host ) => $external || '127.0.0.1' === $host, 10, 2 );
add_filter( 'http_allowed_safe_ports', fn( $ports ) => array( ...$ports, (int) getenv( 'HOSTS_STORY_PORT' ) ) );

// A page is shown in the theme that its address names.
foreach ( array( 'template', 'stylesheet' ) as $option ) {
	add_filter( "pre_option_$option", fn() => preg_match( '/^twenty\w+$/', $_GET['hosts-theme'] ?? '' ) ? $_GET['hosts-theme'] : false );
}
